package dev.fermata.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** A program that a test runs beside the server, to its end. */
record Command(int code, String output) {

  static Command run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return new Command(process.onExit().join().exitValue(), output);
    } catch (IOException e) {
      return new Command(127, e.toString());
    }
  }

  boolean succeeded() {
    return code == 0;
  }

  /** Its output, when it must not fail. */
  static String must(String... command) {
    Command ended = run(command);
    if (!ended.succeeded()) {
      throw new AssertionError(String.join(" ", command) + ": " + ended);
    }
    return ended.output();
  }
}
