package dev.fermata.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a running server asks of the kernel, written down by strace until the server ends. */
record SystemCalls(Path log, Path messages, Process strace) {

  private static final String CALLS = "trace=fsync,fdatasync,read,recvfrom,write,writev,sendto";

  /** Begins to write down; the test is skipped where that can't be done. */
  static SystemCalls of(Server server, Path directory) throws IOException {
    Path log = directory.resolve("calls");
    Path messages = Files.createFile(directory.resolve("messages"));
    assumeTrue(Command.run("strace", "-V").succeeded(), "needs strace");
    Process strace =
        new ProcessBuilder(
                "strace",
                "-f",
                "-y",
                "-s",
                "40",
                "-e",
                CALLS,
                "-o",
                log.toString(),
                "-p",
                Long.toString(server.pid()))
            .redirectErrorStream(true)
            .redirectOutput(messages.toFile())
            .start();
    var calls = new SystemCalls(log, messages, strace);
    Eventually.holds("strace is attached", () -> calls.isAttached() || !strace.isAlive());
    assumeTrue(calls.isAttached(), "strace must be allowed to attach: " + calls.said());
    return calls;
  }

  private boolean isAttached() {
    return said().contains("attached");
  }

  private String said() {
    try {
      return Files.readString(messages, UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** All lines, once the server has ended. */
  List<String> lines() throws IOException {
    strace.onExit().join();
    return Files.readAllLines(log, ISO_8859_1);
  }
}
