package dev.fermata.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Measures how long a start takes with many jobs that wait, in turn with one that has none. */
record RecoveryBench(Path home) {

  /** In seconds. */
  private record Start(double wall, double cpu) {}

  private static final int JOBS = 1_000_000;
  private static final int ROUNDS = 5;
  private static final String HEAP = "-Xmx512m";

  void run() throws IOException, InterruptedException {
    Path full = Waiting.in(home.resolve("full"), JOBS);
    List<Start> waiting = new ArrayList<>();
    List<Start> nothing = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      nothing.add(start(Files.createDirectory(home.resolve("empty" + round))));
      waiting.add(start(full));
    }
    System.out.printf(
        "From the start of the process (%s) to the first 200 on /actuator/health, in s%n", HEAP);
    report("clock", Start::wall, nothing, waiting);
    report("CPU", Start::cpu, nothing, waiting);
  }

  private static void report(
      String name, ToDoubleFunction<Start> figure, List<Start> nothing, List<Start> waiting) {
    Figures without = figures(figure, nothing);
    Figures with = figures(figure, waiting);
    System.out.printf(
        Locale.ROOT,
        "  %-5s  no jobs %s, %,d jobs that wait %s, difference of medians %.1f%n",
        name,
        without.range(),
        JOBS,
        with.range(),
        with.median() - without.median());
  }

  private static Figures figures(ToDoubleFunction<Start> figure, List<Start> starts) {
    return Figures.of(starts.stream().mapToDouble(figure).boxed().toList());
  }

  private Start start(Path where) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (BenchProcess server =
        BenchProcess.start(where, HEAP, "--fermata.grace=1s", "--fermata.kill-grace=100ms")) {
      double wall = (System.nanoTime() - begin) / 1e9;
      return new Start(wall, server.cpu().toMillis() / 1e3);
    }
  }
}
