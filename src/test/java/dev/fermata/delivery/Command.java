package dev.fermata.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A program with its arguments, in a directory and with an environment of its own. */
public record Command(Path directory, Map<String, String> environment, List<String> words) {

  /** How a program ended, and what it printed. */
  public record Ended(int code, String output) {}

  /** With the environment of the tests. */
  static Command of(Path directory, String... words) {
    return new Command(directory, System.getenv(), List.of(words));
  }

  /** Whether a program of this name is on the PATH of the tests. */
  public static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  /** Starts it; it is found on its own PATH. */
  Process start(ProcessBuilder.Redirect output) throws IOException {
    var command = new ArrayList<>(List.of("/usr/bin/env"));
    command.addAll(words);
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(output).start();
  }

  /** Runs it, for five minutes at most. */
  Ended run() throws IOException {
    Process process = start(ProcessBuilder.Redirect.PIPE);
    var _ = process.onExit().orTimeout(5, MINUTES).exceptionally(late -> process.destroyForcibly());
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.onExit().join().exitValue(), output);
  }

  /** Runs it, and returns what it printed. */
  String succeed() throws IOException {
    Ended ended = run();
    if (ended.code() != 0) {
      throw new AssertionError(words + " ended with " + ended.code() + ":\n" + ended.output());
    }
    return ended.output();
  }
}
