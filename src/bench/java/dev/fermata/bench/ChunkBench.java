package dev.fermata.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures how many chunks a second one job gives out, all of them durable, and one watcher. */
record ChunkBench(BenchProcess server) {

  private static final int CHUNKS = 100_000;
  private static final int ROUNDS = 5;
  private static final String JOB =
      "{\"kind\":\"chatter\",\"input\":{\"count\":\"" + CHUNKS + "\"}}";

  void run() throws IOException, InterruptedException {
    List<Double> alone = new ArrayList<>();
    List<Double> watched = new ArrayList<>();
    perSecond("application/json", "\"succeeded\"");
    for (int round = 0; round < ROUNDS; round++) {
      alone.add(perSecond("application/json", "\"succeeded\""));
      watched.add(perSecond("text/event-stream", "event: end"));
    }
    System.out.printf(
        "Chunks per second of one job that gives out %,d of 23 characters, to its durable end%n",
        CHUNKS);
    System.out.println("  nobody watches     " + Figures.of(alone).range());
    System.out.println("  one SSE watcher    " + Figures.of(watched).range());
    System.out.println("  appends to the journal for all of them: " + appends());
  }

  private double perSecond(String accept, String end) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    String answer = server.answer("/jobs", accept, JOB);
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (!answer.contains(end)) {
      throw new IOException("no end in " + answer.substring(0, Math.min(1000, answer.length())));
    }
    return CHUNKS / seconds;
  }

  /** Those of one append happened at one instant. */
  private long appends() throws IOException, InterruptedException {
    String job = server.answer("/jobs", "application/json", JOB);
    String id = job.replaceAll("(?s).*?\"id\":\"([^\"]*)\".*", "$1");
    return server
        .get("/jobs/" + id + "/events", "application/x-ndjson")
        .lines()
        .filter(line -> line.contains("\"type\":\"chunk\""))
        .map(line -> line.replaceAll(".*?\"at\":\"([^\"]*)\".*", "$1"))
        .distinct()
        .count();
  }
}
