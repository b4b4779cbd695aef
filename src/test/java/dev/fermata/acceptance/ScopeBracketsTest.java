package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.job.Reason;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.Resource;
import dev.fermata.kind.Run;
import dev.fermata.scope.ApplicationResource;
import dev.fermata.scope.Key;
import dev.fermata.scope.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * However a job ends, what was opened for it was opened before its first word, and is closed once,
 * after its last word and before its worker's next job.
 */
@Import(ScopeBracketsTest.Deployed.class)
class ScopeBracketsTest extends ServerTest {

  private static final int CLIENTS = 8;
  private static final int JOBS = 1000;

  private static final Key<Counters> COUNTERS = Key.named("counters");
  private static final Queue<Mark> TRAIL = new ConcurrentLinkedQueue<>();

  /** Of the whole application: all jobs count in them, and requests read them. */
  record Counters(AtomicInteger opened, AtomicInteger closed) {}

  /**
   * What happened in a job.
   *
   * @param place where its jobs come one after another: its lane if that has one worker, else its
   *     worker
   */
  record Mark(String place, String job, String what) {
    static void leave(Run run, String what) {
      String lane = run.job().submission().lane();
      String place = lane.equals("default") ? lane : Thread.currentThread().getName();
      TRAIL.add(new Mark(place, run.job().id().toString(), what));
    }
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Deployed {

    @Bean
    ApplicationResource counters() {
      return application ->
          application.bind(COUNTERS, new Counters(new AtomicInteger(), new AtomicInteger()));
    }

    @Bean
    Resource instrument() {
      return run -> {
        Counters counters = Scope.current().get(COUNTERS);
        counters.opened().incrementAndGet();
        Mark.leave(run, "open");
        return () -> {
          counters.closed().incrementAndGet();
          Mark.leave(run, "close");
        };
      };
    }

    @Bean
    Gauge gauge() {
      return new Gauge();
    }
  }

  @RestController
  static class Gauge {

    @GetMapping("/counters")
    String read() {
      Counters counters = Scope.current().get(COUNTERS);
      return counters.opened() + " " + counters.closed();
    }
  }

  @BeforeEach
  void writeScript() {
    script.on("ends", run -> speak(run, "ends"));
    script.on("fails", ScopeBracketsTest::fail);
    script.on("stays", ScopeBracketsTest::stay);
  }

  private static Answer speak(Run run, String text) {
    Mark.leave(run, "speak");
    run.chunk("stdout", text);
    Mark.leave(run, "speak");
    return Script.answer(text);
  }

  private static Answer fail(Run run) throws JobFailed {
    speak(run, "fails");
    throw new JobFailed(Reason.HANDLER_ERROR, "as told", null);
  }

  private static Answer stay(Run run) throws InterruptedException {
    speak(run, "stays");
    try {
      new CountDownLatch(1).await();
    } finally {
      speak(run, "stopped");
    }
    throw new AssertionError("it can't get here");
  }

  @Test
  void whatIsOpenedIsClosedForAThousandJobsHoweverTheyEnd() throws Exception {
    Map<String, String> expected = submitAll();
    Set<String> started = new HashSet<>();
    expected.forEach(
        (id, end) -> {
          Reply ended = client().ended(id);
          assertThat(ended.at("/status")).as(ended.toString()).isEqualTo(end);
          if (ended.json().at("/attempt").asInt() > 0) {
            started.add(id);
          }
        });

    assertThat(expected).hasSize(JOBS);
    assertThat(started).as("some were cancelled in line").hasSizeBetween(JOBS / 2, JOBS - 1);
    assertThat(client().get("/counters").text().strip().replace("\"", ""))
        .isEqualTo(started.size() + " " + started.size());
    Map<String, List<Mark>> byPlace =
        TRAIL.stream().collect(Collectors.groupingBy(Mark::place, Collectors.toList()));
    assertThat(byPlace).containsKeys("default", "lane-wide-1", "lane-wide-2");
    List<String> bracketed =
        byPlace.values().stream().flatMap(marks -> bracketed(marks).stream()).toList();
    assertThat(bracketed).containsExactlyInAnyOrderElementsOf(started);
  }

  /** The jobs of one place, none of which reaches into another. */
  private static List<String> bracketed(List<Mark> marks) {
    String whole =
        marks.stream().map(it -> it.what() + " " + it.job()).collect(Collectors.joining("\n"));
    assertThat(whole).matches("(?:open (\\S+)\n(?:speak \\1\n)*+close \\1(?:\n|$))++");
    return marks.stream().filter(it -> it.what().equals("open")).map(Mark::job).toList();
  }

  /** Each with the status in which it is to end. */
  private Map<String, String> submitAll() throws Exception {
    var expected = new ConcurrentHashMap<String, String>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<Void>> submissions =
          IntStream.range(0, JOBS)
              .<Callable<Void>>mapToObj(n -> () -> submit(n, expected))
              .toList();
      for (Future<Void> one : clients.invokeAll(submissions)) {
        one.get();
      }
    }
    return expected;
  }

  private Void submit(int n, Map<String, String> expected) throws Exception {
    String options = n % 2 == 0 ? "" : "&lane=wide";
    switch (n / 2 % 25) {
      case 0 -> expected.put(leave(options), "cancelled");
      case 1, 2, 3 -> expected.put(post("stays", options + "&timeout=20ms"), "timed_out");
      case 4, 5, 6, 7 -> expected.put(cancelled(post("stays", options)), "cancelled");
      case 8, 9 -> expected.put(cancelled(begun(post("stays", options))), "cancelled");
      case 10, 11, 12, 13, 14, 15 -> expected.put(post("fails", options), "failed");
      default -> expected.put(post("ends", options), "succeeded");
    }
    return null;
  }

  private String post(String text, String options) {
    return Turns.accepted(client().postBody("/jobs?kind=script" + options, "text/plain", text));
  }

  private String begun(String id) {
    Eventually.holds(
        () -> TRAIL.stream().anyMatch(it -> it.job().equals(id) && it.what().equals("speak")));
    return id;
  }

  private String cancelled(String id) {
    assertThat(client().post("/jobs/" + id + "/cancel").status()).isIn(200, 202);
    return id;
  }

  /** Submits a job, and goes away. */
  private String leave(String options) throws Exception {
    String path = "/jobs?kind=script&onDisconnect=cancel&disconnectGrace=0s" + options;
    try (Follower follower =
        Follower.post(client().port(), path, "stays", Turns.SSE, "Content-Type: text/plain")) {
      return follower.next(1).getFirst().id().equals("1")
          ? follower.header("Location").substring("/jobs/".length())
          : "";
    }
  }
}
