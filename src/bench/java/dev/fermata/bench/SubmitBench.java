package dev.fermata.bench;

import dev.fermata.bench.Load.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Measures what submitting costs beside an endpoint that does nothing, and what a job that takes
 * all cores costs those who look and submit. What is compared runs in turn, round after round.
 */
final class SubmitBench {

  private static final Duration STRETCH = Duration.ofSeconds(3);
  private static final int ROUNDS = 3;
  private static final String BURN = "{\"kind\":\"burn\",\"input\":{}}";
  private static final String QUERY =
      "{\"kind\":\"align\",\"input\":{\"query_name\":\"HBB_HUMAN\",\"query_sequence\":\""
          + "VHLTPEEKSAVTALWGKVNVDEVGGEALGRLLVVYPWTQRFFESFGDLSTPDAVMGNPKVKAHGKKVLGAFSDGLAHLDN"
          + "LKGTFATLSELHCDKLHVDPENFRLLGNVLVCVLAHHFGKEFTPPVQAAYQKVVAGVANALAHKYH\"}}";

  private final BenchProcess server;
  private final Load empty;
  private final Load submit;
  private final Load look;

  SubmitBench(BenchProcess server) {
    this.server = server;
    this.empty = Load.post(server.port(), "/empty", QUERY);
    this.submit = Load.post(server.port(), "/jobs", QUERY);
    this.look = Load.get(server.port(), "/backlog?limit=1");
  }

  void run() throws Exception {
    server.post(BenchProcess.NAP);
    warmUp();
    throughput();
    responsiveness();
  }

  private void warmUp() throws Exception {
    for (int i = 0; i < 3; i++) {
      empty.run(16, STRETCH);
      submit.run(16, STRETCH);
      look.run(16, STRETCH);
    }
  }

  private void throughput() throws Exception {
    say(
        "Durable POST /jobs beside an empty endpoint, %d rounds of %d s each",
        ROUNDS, STRETCH.toSeconds());
    say(
        "%5s  %-26s %-26s %6s",
        "conns", "empty /s: median (range)", "jobs /s: median (range)", "ratio");
    for (int connections : new int[] {16, 64, 256}) {
      List<Seen> nothing = new ArrayList<>();
      List<Seen> durable = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        nothing.add(empty.run(connections, STRETCH));
        durable.add(submit.run(connections, STRETCH));
      }
      say(
          "%5d  %-26s %-26s %6.2f",
          connections,
          range(nothing, Seen::perSecond),
          range(durable, Seen::perSecond),
          median(durable, Seen::perSecond) / median(nothing, Seen::perSecond));
    }
  }

  private void responsiveness() throws Exception {
    say("p99 in ms on an idle server and beside a job that takes all cores");
    say(
        "%-14s %5s  %-22s %-22s %6s",
        "request", "conns", "idle: median (range)", "busy: median (range)", "ratio");
    for (int connections : new int[] {1, 16}) {
      responsiveness("POST /jobs", submit, connections);
      responsiveness("GET /backlog", look, connections);
    }
  }

  private void responsiveness(String name, Load load, int connections) throws Exception {
    List<Seen> idle = new ArrayList<>();
    List<Seen> busy = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      idle.add(load.run(connections, STRETCH));
      String job = server.post(BURN);
      busy.add(load.run(connections, STRETCH));
      server.cancel(job);
    }
    say(
        "%-14s %5d  %-22s %-22s %6.2f",
        name,
        connections,
        range(idle, Seen::p99Millis),
        range(busy, Seen::p99Millis),
        median(busy, Seen::p99Millis) / median(idle, Seen::p99Millis));
  }

  private static String range(List<Seen> seen, ToDoubleFunction<Seen> figure) {
    double[] sorted = seen.stream().mapToDouble(figure).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%.1f (%.1f-%.1f)",
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private static double median(List<Seen> seen, ToDoubleFunction<Seen> figure) {
    return seen.stream().mapToDouble(figure).sorted().toArray()[seen.size() / 2];
  }

  @com.google.errorprone.annotations.FormatMethod
  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
