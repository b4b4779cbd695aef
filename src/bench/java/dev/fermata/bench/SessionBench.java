package dev.fermata.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures what a turn costs on a session with a long history, in turn with a short one. */
record SessionBench(BenchProcess server) {

  private static final int TURNS = 300;

  void run() throws IOException, InterruptedException {
    turn("long", 100_000);
    turn("short", 100);
    List<Double> onLong = new ArrayList<>();
    List<Double> onShort = new ArrayList<>();
    for (int i = 0; i < TURNS; i++) { // to be warm
      turn("long", 1);
    }
    for (int i = 0; i < TURNS; i++) {
      onLong.add(turn("long", 1));
      onShort.add(turn("short", 1));
    }
    var longer = Figures.of(onLong);
    var shorter = Figures.of(onShort);
    System.out.println("A turn from its submission to its saved end, in turn on two sessions");
    System.out.println("  100 messages      " + shorter.times());
    System.out.println("  100,000 messages  " + longer.times());
    System.out.printf(
        Locale.ROOT, "  ratio of medians  %.2f%n", longer.median() / shorter.median());
  }

  private double turn(String session, int messages) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    String job =
        server.answer(
            "/jobs",
            "application/json",
            "{\"kind\":\"turn\",\"session\":\"%s\",\"input\":{\"count\":\"%d\"}}"
                .formatted(session, messages));
    if (!job.contains("\"succeeded\"")) {
      throw new IOException("a turn ended as " + job);
    }
    return (System.nanoTime() - begin) / 1e6;
  }
}
