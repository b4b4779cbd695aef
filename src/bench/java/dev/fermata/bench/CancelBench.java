package dev.fermata.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long a cancel takes, from its request to the death of the program and to the end.
 */
record CancelBench(Path home) {

  private static final int TRIES = 200;
  private static final String KILL_GRACE = "500ms";

  private record Taken(double death, double end) {}

  void run() throws IOException, InterruptedException {
    try (BenchProcess server = BenchProcess.start(home, "--fermata.kill-grace=" + KILL_GRACE)) {
      System.out.printf("From a cancel to the stop of its program, kill-grace %s%n", KILL_GRACE);
      report(server, "obeys", "the program obeys TERM");
      report(server, "deaf", "it ignores TERM");
    }
  }

  private void report(BenchProcess server, String kind, String name)
      throws IOException, InterruptedException {
    for (int i = 0; i < 10; i++) { // to be warm
      cancel(server, kind);
    }
    List<Double> deaths = new ArrayList<>();
    List<Double> ends = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      Taken taken = cancel(server, kind);
      deaths.add(taken.death());
      ends.add(taken.end());
    }
    System.out.printf("  %-23s dead    %s%n", name, Figures.of(deaths).times());
    System.out.printf("  %-23s visible %s%n", "", Figures.of(ends).times());
  }

  private Taken cancel(BenchProcess server, String kind) throws IOException, InterruptedException {
    String job = server.post("{\"kind\":\"" + kind + "\",\"input\":{}}");
    Path pid = home.resolve("data").resolve(job.substring(1)).resolve("pid");
    while (!Files.exists(pid) || Files.size(pid) == 0) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    Path program = Path.of("/proc", Files.readString(pid).strip());
    long begin = System.nanoTime();
    var dead = new FutureTask<>(() -> awaitDeath(program));
    Thread.ofPlatform().daemon().start(dead);
    server.cancel(job);
    long end = System.nanoTime();
    try {
      return new Taken((dead.get() - begin) / 1e6, (end - begin) / 1e6);
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  private static long awaitDeath(Path program) throws InterruptedException {
    while (Files.exists(program)) {
      TimeUnit.MICROSECONDS.sleep(500);
    }
    return System.nanoTime();
  }
}
