package dev.fermata.tool.command;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * What each process of a program may take of the machine, after setrlimit(2); null where the
 * server's own limit holds.
 *
 * @param memory address space
 * @param cpu time on processors, in whole seconds
 * @param processes processes and threads of the server's user, the server's own among them
 * @param fileSize the largest file that it may write
 * @param openFiles files that it may have open at a time
 */
public record ProcessLimits(
    @Nullable DataSize memory,
    @Nullable Duration cpu,
    @Nullable Integer processes,
    @Nullable DataSize fileSize,
    @Nullable Integer openFiles) {

  static final ProcessLimits NONE = new ProcessLimits(null, null, null, null, null);

  private static final int BLOCK = 512;
  private static final int KILOBYTE = 1024;

  /**
   * One limit that is set.
   *
   * @param shell how a shell sets it for itself and what it becomes
   * @param told how a program that met it says so, if it does
   */
  private record Ceiling(String setting, String shell, Pattern told) {

    static <T> Optional<Ceiling> of(
        String name, @Nullable T value, Function<T, String> shell, String told) {
      return Optional.ofNullable(value)
          .map(
              it ->
                  new Ceiling(
                      "limits." + name + " is " + spelt(it),
                      shell.apply(it),
                      Pattern.compile(told)));
    }

    private static String spelt(Object value) {
      return value instanceof Duration cpu ? seconds(cpu) + "s" : value.toString();
    }
  }

  /**
   * The commands by which a shell holds itself, and the program that it becomes, to these limits.
   * One that can't be set is left: the server itself is held to less. No core is ever dumped.
   *
   * @param output what the program may write altogether: it is too fast to be stopped at that by
   *     somebody who looks now and then, so that no file may grow beyond it either
   */
  String script(DataSize output) {
    long blocks = output.toBytes() / BLOCK + 1;
    return Stream.concat(
            Stream.of("ulimit -c 0", "ulimit -f " + blocks), ceilings(blocks).map(Ceiling::shell))
        .collect(Collectors.joining("\n", "{\n", "\n} 2>&-\n"));
  }

  /** Which limits a failed program may have met, by what it said; empty when it tells of none. */
  String toldBy(String complaint) {
    return ceilings(Long.MAX_VALUE)
        .filter(ceiling -> ceiling.told().matcher(complaint).find())
        .map(ceiling -> " The kind's " + ceiling.setting() + ".")
        .collect(Collectors.joining());
  }

  private Stream<Ceiling> ceilings(long mostBlocks) {
    return Stream.of(
            Ceiling.of(
                "memory",
                memory,
                it -> "ulimit -v " + up(it.toBytes(), KILOBYTE),
                "(?i)memory|bad_alloc|SIGSEGV|SIGABRT"),
            // The warning, SIGXCPU, needs a second that lies before SIGKILL.
            Ceiling.of(
                "cpu",
                cpu,
                it ->
                    "ulimit -S -t %1$d; ulimit -H -t %2$d".formatted(seconds(it), seconds(it) + 1),
                "SIGXCPU|SIGKILL"),
            // Shells spell it in two ways.
            Ceiling.of(
                "processes",
                processes,
                it -> "ulimit -u %1$d || ulimit -p %1$d".formatted(it),
                "(?i)fork|thread|Resource temporarily unavailable"),
            Ceiling.of(
                "file-size",
                fileSize,
                it -> "ulimit -f " + Math.min(mostBlocks, up(it.toBytes(), BLOCK)),
                "SIGXFSZ|File too large"),
            Ceiling.of("open-files", openFiles, it -> "ulimit -n " + it, "Too many open files"))
        .flatMap(Optional::stream);
  }

  private static long seconds(Duration cpu) {
    return up(cpu.toMillis(), 1000);
  }

  private static long up(long amount, long unit) {
    return Math.ceilDiv(amount, unit);
  }
}
