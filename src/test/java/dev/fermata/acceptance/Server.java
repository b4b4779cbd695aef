package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.delivery.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  private static final String JAR = System.getProperty("fermata.jar", "target/fermata.jar");
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
    return answering(launch(home, asDelivered(), arguments));
  }

  /** The same with a class of the deployer's own, and its package, beside it. */
  static Server start(Path home, Class<?> deployed, String... arguments) throws IOException {
    return answering(launch(home, with(home, deployed), arguments));
  }

  private static Server answering(Server server) {
    Eventually.holds(server::answers);
    return server;
  }

  /** Starts a server that is expected to end by itself. */
  static Exit fail(Path home, String... arguments) throws IOException {
    try (Server server = launch(home, asDelivered(), arguments)) {
      return server.awaitExit();
    }
  }

  static Exit fail(Path home, Class<?> deployed, String... arguments) throws IOException {
    try (Server server = launch(home, with(home, deployed), arguments)) {
      return server.awaitExit();
    }
  }

  private static List<String> asDelivered() throws IOException {
    return Installation.ready().command();
  }

  /** Alone in a directory: the server would take other tests for a part of itself. */
  private static List<String> with(Path home, Class<?> deployed) throws IOException {
    String folder = deployed.getPackageName().replace('.', '/');
    Path beside = Files.createDirectories(home.resolve("classes").resolve(folder));
    try (var classes = Files.newDirectoryStream(Path.of("target/test-classes", folder))) {
      for (Path file : classes) {
        Files.copy(file, beside.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-XX:TieredStopAtLevel=1", // starts sooner
        "-Dloader.path=" + home.resolve("classes"),
        "-Dspring.main.sources=" + deployed.getName(),
        "-cp",
        JAR,
        "org.springframework.boot.loader.launch.PropertiesLauncher");
  }

  private static Server launch(Path home, List<String> program, String... arguments)
      throws IOException {
    int port = freePort();
    Path output = Files.createTempFile(home, "output", ".log");
    List<String> command = new ArrayList<>(program);
    command.add(
        "--spring.config.additional-location=optional:file:" + home.resolve("settings.yml"));
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
