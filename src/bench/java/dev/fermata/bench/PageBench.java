package dev.fermata.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Measures what looking costs with a million jobs that wait, in turn with a hundred. */
record PageBench(Path home) {

  private static final int MANY = 1_000_000;
  private static final int FEW = 100;
  private static final int LOADS = 50;
  private static final int ROUNDS = 5;
  private static final String HEAP = "-Xmx512m";
  private static final Duration STRETCH = Duration.ofSeconds(1);
  private static final Duration WATCHED = Duration.ofSeconds(10);
  private static final int[] WATCHERS = {0, 1, 100, 1000};
  private static final List<String> REQUESTS =
      List.of(
          "GET /backlog",
          "GET /backlog?after=MIDDLE",
          "GET /backlog?limit=500",
          "GET /jobs",
          "GET /jobs?after=MIDDLE",
          "GET /jobs?status=queued",
          "GET /jobs?kind=align",
          "GET /jobs?lane=busy",
          "GET /jobs?session=nobody",
          "GET /jobs?status=succeeded&status=failed",
          "GET /jobs/history",
          "POST /jobs/cancel?kind=nap&dryRun=true",
          "POST /jobs/cancel?kind=align&dryRun=true",
          "GET /actuator/health",
          "GET /actuator/prometheus");

  void run() throws IOException, InterruptedException, ExecutionException {
    Path crowded = Waiting.in(home.resolve("many"), MANY);
    Path quiet = Waiting.in(home.resolve("few"), FEW);
    try (BenchProcess few = start(quiet);
        BenchProcess many = start(crowded)) {
      say("%,d jobs that wait beside %d; each server has %s", MANY, FEW, HEAP);
      page(few, many);
      looks(few, many);
      watchers(many);
    }
  }

  private static BenchProcess start(Path where) throws IOException, InterruptedException {
    return BenchProcess.start(where, HEAP, "--fermata.grace=1s", "--fermata.kill-grace=100ms");
  }

  private static void page(BenchProcess few, BenchProcess many)
      throws IOException, InterruptedException {
    List<Double> withFew = new ArrayList<>();
    List<Double> withMany = new ArrayList<>();
    FirstPage.Loaded first = FirstPage.load(many.port());
    FirstPage.Loaded other = FirstPage.load(few.port());
    for (int i = 0; i < LOADS; i++) {
      withFew.add(FirstPage.load(few.port()).millis());
      withMany.add(FirstPage.load(many.port()).millis());
    }
    say("The page with all its parts (%d, %,d bytes), then", first.parts(), first.bytes());
    say("the backlog, the first event of its stream and what ended last, in ms");
    say("  %,9d jobs  first after the start %.0f, then %s", FEW, other.millis(), times(withFew));
    say("  %,9d jobs  first after the start %.0f, then %s", MANY, first.millis(), times(withMany));
  }

  private static String times(List<Double> millis) {
    return Figures.of(millis).times();
  }

  private static void looks(BenchProcess few, BenchProcess many)
      throws InterruptedException, ExecutionException {
    say("One request after another, p50 and p99 in ms: medians of %d rounds", ROUNDS);
    say("  %-40s %,10d jobs %,10d jobs %6s", "", FEW, MANY, "ratio");
    for (String request : REQUESTS) {
      looks(request, few, many);
    }
  }

  private static void looks(String request, BenchProcess few, BenchProcess many)
      throws InterruptedException, ExecutionException {
    Load ofFew = load(request, few, FEW);
    Load ofMany = load(request, many, MANY);
    List<Load.Seen> withFew = new ArrayList<>();
    List<Load.Seen> withMany = new ArrayList<>();
    ofFew.run(1, STRETCH); // to be warm
    ofMany.run(1, STRETCH);
    for (int round = 0; round < ROUNDS; round++) {
      withFew.add(ofFew.run(1, STRETCH));
      withMany.add(ofMany.run(1, STRETCH));
    }
    say(
        "  %-40s %7.1f %7.1f %7.1f %7.1f %6.2f",
        request,
        median(withFew, Load.Seen::p50Millis),
        median(withFew, Load.Seen::p99Millis),
        median(withMany, Load.Seen::p50Millis),
        median(withMany, Load.Seen::p99Millis),
        median(withMany, Load.Seen::p50Millis) / median(withFew, Load.Seen::p50Millis));
  }

  /** A page from the middle begins behind the job in the middle. */
  private static Load load(String request, BenchProcess server, int jobs) {
    String[] line = request.replace("MIDDLE", cursor(jobs / 2)).split(" ", 2);
    return line[0].equals("GET")
        ? Load.get(server.port(), line[1])
        : Load.post(server.port(), line[1], "");
  }

  private static String cursor(long number) {
    byte[] text = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  private static double median(List<Load.Seen> seen, ToDoubleFunction<Load.Seen> figure) {
    return Figures.of(seen.stream().mapToDouble(figure).boxed().toList()).median();
  }

  private static void watchers(BenchProcess server) throws IOException, InterruptedException {
    say("Watchers of the backlog's stream, %d s each", WATCHED.toSeconds());
    say(
        "  %8s  %16s %14s %20s",
        "watchers", "asks of database/s", "CPU of server", "received by each");
    for (int count : WATCHERS) {
      try (Watchers watchers = Watchers.of(server.port(), "/backlog", count)) {
        TimeUnit.SECONDS.sleep(5); // all have been let in
        long asked = asked(server);
        long received = watchers.bytes();
        Duration used = server.cpu();
        TimeUnit.MILLISECONDS.sleep(WATCHED.toMillis());
        double seconds = WATCHED.toMillis() / 1e3;
        say(
            "  %,8d  %16.1f %12.1f %% %15.1f kB/s",
            count,
            (asked(server) - asked) / seconds,
            100 * server.cpu().minus(used).toMillis() / 1e3 / seconds,
            count == 0 ? 0 : (watchers.bytes() - received) / 1e3 / count / seconds);
      }
    }
  }

  private static long asked(BenchProcess server) throws IOException, InterruptedException {
    return Long.parseLong(server.get("/looks", "text/plain"));
  }

  @com.google.errorprone.annotations.FormatMethod
  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
