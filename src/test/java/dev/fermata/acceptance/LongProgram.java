package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program with children, one of them in a session of its own, that runs until it is let go. Each
 * start writes down which processes of earlier starts were still alive, and then its own.
 */
record LongProgram(Path home) {

  private static final String SCRIPT =
      """
      [ "$1" = deaf ] && trap '' TERM
      for pid in $(cat "$HOME_OF_TEST/pids" 2>/dev/null); do
        grep -q '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$pid/status" 2>/dev/null &&
          echo "$pid" >> "$HOME_OF_TEST/survivors"
      done
      sleep 300 &
      first=$!
      setsid sleep 300 &
      second=$!
      echo "$$ $first $second" >> "$HOME_OF_TEST/pids"
      while ! [ -e "$HOME_OF_TEST/go" ]; do sleep 0.1; done
      kill $first $second
      echo "attempt $FERMATA_ATTEMPT ended"
      """;

  static LongProgram in(Path home) throws IOException {
    Files.writeString(home.resolve("long.sh"), SCRIPT);
    Files.writeString(home.resolve("settings.yml"), settings(home));
    return new LongProgram(home);
  }

  /** Kinds that run it, and one that ends at once. */
  private static String settings(Path home) {
    return """
        fermata:
          kinds:
            long:  { handler: command, command: [sh, %1$s/long.sh], environment: { HOME_OF_TEST: %1$s } }
            once:  { handler: command, command: [sh, %1$s/long.sh], environment: { HOME_OF_TEST: %1$s }, on-crash: fail }
            deaf:  { handler: command, command: [sh, %1$s/long.sh, deaf], environment: { HOME_OF_TEST: %1$s } }
            broken: { handler: command, command: ["false"], max-attempts: 2, backoff: { first: 1h, max: 1h } }
            quick: { handler: command, command: [echo, "{text}"], inputs: { text: { primary: true } } }
        """
        .formatted(home);
  }

  /** Waits for its n-th start. */
  void awaitStart(int n) {
    Eventually.holds(() -> starts().size() >= n);
    assertThat(starts()).hasSize(n);
  }

  /** The processes of each start. */
  List<List<Long>> starts() {
    return lines("pids").stream()
        .map(line -> List.of(line.split(" ")).stream().map(Long::valueOf).toList())
        .toList();
  }

  /** Processes of earlier starts that were alive at a later one. */
  List<String> survivors() {
    return lines("survivors");
  }

  void letGo() throws IOException {
    Files.createFile(home.resolve("go"));
  }

  private List<String> lines(String file) {
    try {
      Path path = home.resolve(file);
      return Files.exists(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static boolean alive(long pid) {
    try {
      return !Files.readString(Path.of("/proc", Long.toString(pid), "status"))
          .matches("(?s).*\nState:\\s*[ZX].*");
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends what a failed test left. */
  void end() {
    starts().stream()
        .flatMap(List::stream)
        .filter(LongProgram::alive)
        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }
}
