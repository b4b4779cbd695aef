package dev.fermata.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What outlives the runs of one server: its port, its settings, its data, what its runs printed,
 * and what its programs wrote down about when they ran.
 */
record Home(Path path, int port) {

  private static final int TRIES = 100;

  /** Writes down that it began and that it ended; between, it copies its input. */
  private static final String SCRIPT =
      """
      echo "begin $FERMATA_JOB_ID $FERMATA_ATTEMPT" >> "$TRACE"
      cat input.txt > output.txt
      [ "$1" = 0 ] || sleep "$1"
      echo "end $FERMATA_JOB_ID $FERMATA_ATTEMPT" >> "$TRACE"
      """;

  /** A home at a free port, with the settings written. */
  static Home at(Path path) throws IOException {
    Path absolute = Files.createDirectories(path).toAbsolutePath();
    Files.writeString(absolute.resolve("program.sh"), SCRIPT);
    Files.writeString(absolute.resolve("settings.yml"), settings(absolute));
    return new Home(absolute, freePort());
  }

  private static String settings(Path home) {
    return """
        fermata:
          data-dir: %1$s/data
          max-crashes: 1000000
          kill-grace: 200ms
          heartbeat: 500ms
          chat.models.echo.pause: 5ms
          kinds:
            write: &program
              handler: command
              inputs: { text: { primary: true } }
              files: { input.txt: "{text}" }
              environment: { TRACE: %1$s/trace }
              command: [sh, %1$s/program.sh, "0"]
            slow:
              <<: *program
              command: [sh, %1$s/program.sh, "0.3"]
            endless:
              <<: *program
              command: [sh, %1$s/program.sh, "600"]
            held:
              handler: command
              command: [sh, -c, 'touch began; echo kept; while ! [ -e %1$s/go ]; do sleep 0.05; done']
        """
        .formatted(home);
  }

  /** Below the ports that clients get: one that tries again and again could connect to itself. */
  private static int freePort() throws IOException {
    for (int n = 0; n < TRIES; n++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // It is taken.
      }
    }
    throw new IOException("no free port");
  }

  Path settings() {
    return path.resolve("settings.yml");
  }

  Path data() {
    return path.resolve("data");
  }

  Path journal() {
    return data().resolve("fermata.db");
  }

  /** What the programs wrote down, in the order in which they did. */
  List<String> trace() throws IOException {
    Path trace = path.resolve("trace");
    return Files.exists(trace) ? Files.readAllLines(trace, UTF_8) : List.of();
  }

  void forgetTrace() throws IOException {
    Files.deleteIfExists(path.resolve("trace"));
  }
}
