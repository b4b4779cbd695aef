package dev.fermata.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Submission;
import dev.fermata.store.Database;
import dev.fermata.store.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;

/** Measures how long a start takes with many jobs that wait, in turn with one that has none. */
record RecoveryBench(Path home) {

  /** In seconds. */
  private record Start(double wall, double cpu) {}

  private static final int JOBS = 1_000_000;
  private static final int BATCH = 1000;
  private static final int ROUNDS = 5;
  private static final String HEAP = "-Xmx512m";

  void run() throws IOException, InterruptedException {
    Path full = Files.createDirectories(home.resolve("full"));
    fill(Files.createDirectories(full.resolve("data")));
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
      Duration cpu = server.process().info().totalCpuDuration().orElseThrow();
      return new Start(wall, cpu.toMillis() / 1e3);
    }
  }

  private static void fill(Path data) {
    Clock clock = Clock.systemUTC();
    var submission =
        new Submission("nap", "default", Map.of("query", "MVHLTPEEKS"), null, List.of());
    try (Database database = Database.open(data.resolve("fermata.db"));
        var journal = new SqliteJournal(database, clock, events -> {})) {
      CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
      for (long seq = 1; seq <= JOBS; seq += BATCH) {
        var batch = new ArrayList<Accepted>();
        for (long each = seq; each < seq + BATCH; each++) {
          var id = new JobId(UuidCreator.getTimeOrderedEpochPlus1());
          var job = new Job(id, each, submission, clock.instant());
          batch.add(new Accepted(job, job.place()));
        }
        before.join();
        before = journal.append(batch, () -> {});
      }
      before.join();
    }
  }
}
