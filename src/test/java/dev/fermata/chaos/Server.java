package dev.fermata.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.delivery.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the server: a process that a test may stop, continue and kill. */
final class Server implements AutoCloseable {

  private final Process process;
  private final Path output;
  private final Client client;

  private Server(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.client = new Client(port);
  }

  /** Starts a run, and returns at once. */
  static Server launch(Home home, List<String> program, String... arguments) throws IOException {
    Path output = Files.createTempFile(home.path(), "run", ".log");
    var command = new ArrayList<>(program);
    command.add("--spring.config.additional-location=file:" + home.settings());
    command.add("--server.port=" + home.port());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Server(process, output, home.port());
  }

  static Server launch(Home home) throws IOException {
    return launch(home, Installation.ready().command());
  }

  /** Starts a run, and returns when it answers. */
  static Server start(Home home, String... arguments) throws IOException {
    return launch(home, Installation.ready().command(), arguments).ready();
  }

  Server ready() {
    Eventually.holds(
        "the server answers",
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("it ended instead of starting:\n" + output());
          }
          return client.answered();
        });
    return this;
  }

  Client client() {
    return client;
  }

  long pid() {
    return process.pid();
  }

  /** Whether it ends by itself within this time. */
  boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts tests", e);
    }
  }

  int exitCode() {
    return process.onExit().join().exitValue();
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** As SIGTERM does, and waits until it has ended. */
  void stop() {
    process.destroy();
    process.onExit().join();
  }

  String output() {
    try {
      return Files.readString(output, UTF_8);
    } catch (IOException e) {
      return "no output: " + e;
    }
  }

  @Override
  public void close() {
    kill();
    client.close();
  }
}
