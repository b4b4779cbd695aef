package dev.fermata.fuzz;

import static java.util.stream.Collectors.joining;

import dev.fermata.Fermata;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server as it is shipped, in a process of its own. */
record FuzzProcess(Process process, int port, Path log) implements AutoCloseable {

  static FuzzProcess start() throws IOException, InterruptedException {
    Path home = Files.createDirectories(Path.of("target", "fuzz"));
    Path data = Files.createTempDirectory(home, "server");
    int port = freePort();
    Path log = data.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                classPath(),
                Fermata.class.getName(),
                "--server.port=" + port,
                "--fermata.data-dir=" + data.resolve("data"),
                "--spring.config.additional-location=src/test/resources/fuzz.yml")
            .redirectOutput(log.toFile())
            .redirectErrorStream(true)
            .start();
    var server = new FuzzProcess(process, port, log);
    server.awaitStart();
    return server;
  }

  /** Without the tests, whose components the server would take for its own. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(joining(File.pathSeparator));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart() throws IOException, InterruptedException {
    while (process.isAlive()) {
      try {
        new Connection(port).close();
        return;
      } catch (java.net.ConnectException e) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
    throw new IOException("the server did not start:\n" + Files.readString(log));
  }

  long pid() {
    return process.pid();
  }

  /** What it logged as its own mistakes. */
  String errors() throws IOException {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.contains(" ERROR ") || line.startsWith("\tat "))
          .limit(50)
          .map(line -> line + "\n")
          .collect(joining());
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
