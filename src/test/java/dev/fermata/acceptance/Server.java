package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packaged server as a process of its own. Its home is a directory with its settings ({@code
 * settings.yml}), its data and what it printed.
 */
final class Server implements AutoCloseable {

  /** How a process ended. */
  record Exit(int code, String output, Duration after) {}

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Path output;
  private final Client client;

  private Server(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.client = new Client(port);
  }

  /** Starts a server, and returns when it answers. */
  static Server start(Path home, String... arguments) throws IOException {
    Server server = launch(home, arguments);
    Eventually.holds(server::answers);
    return server;
  }

  /** Starts a server that is expected to end by itself. */
  static Exit fail(Path home, String... arguments) throws IOException {
    try (Server server = launch(home, arguments)) {
      return server.awaitExit();
    }
  }

  private static Server launch(Path home, String... arguments) throws IOException {
    int port = freePort();
    Path output = Files.createTempFile(home, "output", ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1", // starts sooner
                "-jar",
                System.getProperty("fermata.jar", "target/fermata.jar"),
                "--spring.config.additional-location=optional:file:"
                    + home.resolve("settings.yml")));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SERVER_PORT", Integer.toString(port)); // arguments win over these
    builder.environment().put("FERMATA_DATA_DIR", home.resolve("data").toString());
    return new Server(builder.redirectOutput(output.toFile()).start(), output, port);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    assertThat(process.isAlive()).as(output()).isTrue();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), client.port())) {
      return socket.isConnected() && client.get("/actuator/health").status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  Client client() {
    return client;
  }

  String output() {
    try {
      return Files.readString(output, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Asks it to stop (SIGTERM), and returns at once. */
  void askToStop() {
    process.destroy();
  }

  boolean alive() {
    return process.isAlive();
  }

  Exit awaitExit() {
    long start = System.nanoTime();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it still runs:\n" + output());
      }
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts tests", e);
    }
    return new Exit(process.exitValue(), output(), Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit();
  }
}
