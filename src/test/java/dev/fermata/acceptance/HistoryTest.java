package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.journal.Events;
import dev.fermata.journal.Jobs;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Run;
import dev.fermata.promises.History;
import dev.fermata.promises.Recorder;
import dev.fermata.promises.Rules;
import dev.fermata.promises.Seen;
import dev.fermata.session.Sessions;
import dev.fermata.store.SqliteJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** What is seen of the server under load is held to the invariants that the model is held to. */
@Import(HistoryTest.Recorded.class)
class HistoryTest extends ServerTest {

  private static final int CLIENTS = 8;
  private static final int JOBS_EACH = 60;
  private static final List<String> ENDS =
      List.of("says", "gives up", "goes on until it is stopped");

  @TestConfiguration(proxyBeanMethods = false)
  static class Recorded {

    @Bean
    @Primary
    Recorder recorder(SqliteJournal journal) {
      return new Recorder(journal);
    }
  }

  @Autowired private Recorder recorder;
  @Autowired private Jobs jobs;
  @Autowired private Events events;
  @Autowired private Sessions sessions;

  @Test
  void everythingThatIsSeenOfTheServerUnderLoadIsAsPromised() throws Exception {
    ENDS.forEach(text -> script.on(text, inSession(ending(text))));
    long seed = System.nanoTime();

    loadFrom(seed);
    recorder.rest(jobs, events, sessions);

    History history = recorder.history(Rules.ofServer(Map.of("default", 1, "wide", 4), 3));
    assertThat(history.seen()).as("seed %d", seed).hasSizeGreaterThan(CLIENTS * JOBS_EACH * 8);
    history.check();
  }

  private void loadFrom(long seed) throws Exception {
    var clients = new ArrayList<Callable<Void>>();
    IntStream.range(0, CLIENTS)
        .mapToObj(n -> new Random(seed + n))
        .forEach(random -> clients.add(() -> load(random)));
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<Void> each : threads.invokeAll(clients)) {
        each.get();
      }
    }
  }

  private Void load(Random random) {
    var own = new Client(client().port());
    var mine = new ArrayList<String>();
    for (int n = 0; n < JOBS_EACH; n++) {
      mine.add(submit(own, random));
      if (random.nextInt(3) == 0) {
        cancel(own, mine.get(random.nextInt(mine.size())));
      }
    }
    for (String job : mine) {
      if (random.nextInt(3) > 0) {
        cancel(own, job);
      }
      endOf(own, job);
    }
    return null;
  }

  private String submit(Client client, Random random) {
    String text = ENDS.get(random.nextInt(ENDS.size()));
    int session = random.nextInt(6);
    var path = new StringBuilder("/jobs?kind=script");
    path.append(random.nextBoolean() ? "&lane=wide" : "&lane=default");
    path.append(random.nextBoolean() ? "&timeout=50ms" : "&timeout=20ms");
    if (session < 4) {
      path.append("&session=s").append(session);
      path.append("&onCancel=").append(random.nextBoolean() ? "keep" : "discard");
      path.append("&onFailure=").append(random.nextBoolean() ? "keep" : "discard");
    }
    String job = Turns.accepted(client.postBody(path.toString(), "text/plain", text));
    recorder.saw(new Seen.Acknowledged(job));
    return job;
  }

  private void cancel(Client client, String job) {
    Reply reply = client.post("/jobs/" + job + "/cancel");
    if (reply.status() == 200 || reply.status() == 202) {
      recorder.saw(new Seen.CancelAcknowledged(job));
    }
  }

  private void endOf(Client client, String job) {
    Reply ended = client.get("/jobs/" + job, "Prefer", "wait=120");
    recorder.saw(new Seen.Told(job, Status.of(ended.at("/status")).orElseThrow()));
  }

  /** Leaves a message in the session, if there is one, before anything else. */
  private JobHandler inSession(JobHandler next) {
    return run -> {
      if (run.session() != null) {
        Turns.say(run);
        recorder.saw(new Seen.Wrote(run.job().id().toString()));
      }
      return next.run(run);
    };
  }

  private JobHandler ending(String text) {
    return switch (text) {
      case "says" -> run -> Script.answer("said");
      case "gives up" -> HistoryTest::fail;
      default -> this::endless;
    };
  }

  private static Answer fail(Run run) throws JobFailed {
    run.chunk("stdout", "no");
    throw new JobFailed(Reason.EXIT_CODE, "as told", 1);
  }

  private Answer endless(Run run) throws InterruptedException {
    try {
      new CountDownLatch(1).await();
      throw new AssertionError("nobody counts down");
    } catch (InterruptedException e) {
      recorder.saw(new Seen.Stopped(run.job().id().toString()));
      throw e;
    }
  }
}
