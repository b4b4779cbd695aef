package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.kind.Run;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cancel is true: what was cancelled has stopped, and what waited never starts. */
class CancelTest extends ServerTest {

  private static final String UNKNOWN = "01a200a3-efa9-77e6-ab51-ec565a09fcd5";

  @Test
  void queuedJobIsCancelledAtOnceAndNeverStarts() {
    Script.Hold hold = script.hold("holds");
    client().submit("script", "holds");
    hold.awaitBegin();
    String first = client().submit("script", "first");
    String second = client().submit("script", "second");

    Reply reply = client().post("/jobs/" + first + "/cancel");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.at("/status")).isEqualTo("cancelled");
    assertThat(reply.at("/reason")).isEqualTo("client_request");
    assertThat(reply.json().at("/finished").asBoolean()).isTrue();
    assertThat(reply.json().at("/attempt").asInt()).isZero();
    assertThat(reply.json().at("/startedAt").isNull()).isTrue();
    assertThat(reply.json().at("/finishedAt").isNull()).isFalse();
    assertThat(client().job(second).json().at("/position").asInt()).isEqualTo(1);
    hold.release();
    client().ended(second);
    assertThat(script.spans()).noneMatch(span -> span.id().toString().equals(first));
    assertThat(client().get("/jobs/" + first + "/files").text()).isEqualTo("{\"files\":[]}\n");
  }

  @Test
  void cancelOfARunningJobIsAnsweredBeforeItHasStopped() {
    var mayStop = new CountDownLatch(1);
    var began = new CountDownLatch(1);
    script.on("stubborn", run -> stubborn(began, mayStop));
    String id = client().submit("script", "stubborn");
    Eventually.holds(() -> began.getCount() == 0);

    Reply asked = client().post("/jobs/" + id + "/cancel");
    Reply again = client().delete("/jobs/" + id);
    Reply waited = client().post("/jobs/" + id + "/cancel", "Prefer", "wait=0");
    String next = client().submit("script", "next");

    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.at("/status")).isEqualTo("cancelling");
    assertThat(asked.json().at("/finished").asBoolean()).isFalse();
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.at("/status")).isEqualTo("cancelling");
    assertThat(waited.status()).isEqualTo(202);
    assertThat(waited.header("Preference-Applied")).isEqualTo("wait=0");
    assertThat(client().status(next)).isEqualTo("queued");
    mayStop.countDown();
    Reply ended = client().ended(id);
    assertThat(ended.at("/status")).isEqualTo("cancelled");
    assertThat(ended.at("/reason")).isEqualTo("client_request");
    assertThat(client().ended(next).at("/status")).isEqualTo("succeeded");
  }

  private static Answer stubborn(CountDownLatch began, CountDownLatch mayStop) throws Exception {
    try {
      began.countDown();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      mayStop.await();
    }
    throw new InterruptedException("stopped at last");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /cancel", "DELETE "})
  void waitingCancelIsAnsweredOnceTheJobHasStopped(String how) {
    String id = holdOpen();
    String[] request = how.split(" ", 2);
    Reply reply =
        client().send(request[0], "/jobs/" + id + request[1], new byte[0], "Prefer", "wait=1000");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Preference-Applied")).isEqualTo("wait=300");
    assertThat(reply.at("/status")).isEqualTo("cancelled");
    assertThat(reply.json().at("/finishedAt").isNull()).isFalse();
    assertThat(client().get("/backlog").json().at("/running").asInt()).isZero();
  }

  @Test
  void cancelledTwiceIsAnsweredAlike() {
    Script.Hold hold = script.hold("holds");
    client().submit("script", "holds");
    hold.awaitBegin();
    String id = client().submit("script", "x");
    Reply first = client().post("/jobs/" + id + "/cancel");
    Reply second = client().post("/jobs/" + id + "/cancel");

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.text()).isEqualTo(first.text());
  }

  @Test
  void finishedJobKeepsItsOutcome() {
    String id = client().submit("script", "x");
    client().ended(id);

    assertProblem(client().post("/jobs/" + id + "/cancel"), 409, "job-already-finished");
    assertProblem(client().delete("/jobs/" + id), 409, "job-already-finished");
    assertThat(client().status(id)).isEqualTo("succeeded");
  }

  @Test
  void handlerThatReturnedBeforeTheStopKeepsItsOutcome() throws Exception {
    for (int n = 0; n < 20; n++) {
      String id = client().submit("script", "quick");
      Reply cancelled = client().post("/jobs/" + id + "/cancel");
      Reply ended = client().ended(id);

      assertThat(cancelled.status()).isIn(200, 202, 409);
      assertThat(ended.at("/status")).isIn("cancelled", "succeeded");
      if (cancelled.status() == 200) {
        assertThat(ended.at("/status")).isEqualTo("cancelled");
      }
      if (cancelled.status() == 409) {
        assertThat(ended.at("/status")).isEqualTo("succeeded");
      }
    }
  }

  @Test
  void unknownJobCannotBeCancelled() {
    assertProblem(client().post("/jobs/" + UNKNOWN + "/cancel"), 404, "unknown-job");
    assertProblem(client().delete("/jobs/" + UNKNOWN), 404, "unknown-job");
    assertProblem(client().delete("/jobs/nonsense?purge=true"), 404, "unknown-job");
    assertProblem(client().post("/jobs/" + UNKNOWN + "/rerun"), 404, "unknown-job");
  }

  @Test
  void badWaitIsRefusedAndNothingStops() {
    String id = holdOpen();

    assertProblem(
        client().post("/jobs/" + id + "/cancel", "Prefer", "wait=-1"), 400, "bad-preference");
    assertProblem(
        client().post("/jobs/" + id + "/cancel", "Prefer", "wait=x"), 400, "bad-preference");
    assertThat(client().status(id)).isEqualTo("running");
  }

  @Test
  void filteredSetIsCountedAndThenCancelled() {
    String running = holdOpen();
    String one = client().submit("script", "x");
    String two = client().submit("script", "x");
    String other = client().submit("protein", "MVHL");

    Reply counted = client().post("/jobs/cancel?kind=script&dryRun=true");
    assertThat(counted.status()).isEqualTo(200);
    assertThat(counted.text()).isEqualTo("{\"count\":3}\n");
    assertThat(client().status(one)).isEqualTo("queued");

    assertThat(client().post("/jobs/cancel?kind=script&status=queued").text())
        .isEqualTo("{\"count\":2}\n");
    assertThat(client().status(one)).isEqualTo("cancelled");
    assertThat(client().status(two)).isEqualTo("cancelled");
    assertThat(client().status(running)).isEqualTo("running");

    assertThat(client().post("/jobs/cancel?status=running").text()).isEqualTo("{\"count\":1}\n");
    assertThat(client().ended(running).at("/status")).isEqualTo("cancelled");
    assertThat(client().ended(other).at("/status")).isEqualTo("succeeded");
    assertThat(client().post("/jobs/cancel?kind=script").text()).isEqualTo("{\"count\":0}\n");
    assertThat(client().post("/jobs/cancel?kind=script", "Accept", "text/plain").text())
        .matches("[^\n]+\n");
  }

  @Test
  void cancelOfEverythingOrOfTheUnknownIsRefused() {
    String id = holdOpen();

    assertThat(client().post("/jobs/cancel").status()).isEqualTo(422);
    assertThat(client().post("/jobs/cancel?dryRun=true").status()).isEqualTo(422);
    assertProblem(client().post("/jobs/cancel?kind=nothing"), 422, "invalid-parameter", "/kind");
    assertProblem(
        client().post("/jobs/cancel?kind=script&dryRun=maybe"),
        422,
        "invalid-parameter",
        "/dryRun");
    assertProblem(client().post("/jobs/cancel?knd=script"), 422, "invalid-parameter", "/knd");
    assertThat(client().status(id)).isEqualTo("running");
  }

  @Test
  void purgedJobIsGoneWithItsFiles() {
    script.on("writes", CancelTest::write);
    String id = client().submit("script", "writes");
    client().ended(id);
    assertThat(experiments().resolve(id)).exists();

    Reply purged = client().delete("/jobs/" + id + "?purge=true");

    assertThat(purged.status()).isEqualTo(204);
    assertThat(purged.bytes()).isEmpty();
    assertThat(experiments().resolve(id)).doesNotExist();
    assertProblem(client().job(id), 410, "gone");
    assertProblem(client().get("/jobs/" + id + "/result"), 410, "gone");
    assertProblem(client().get("/jobs/" + id + "/files"), 410, "gone");
    assertProblem(client().delete("/jobs/" + id + "?purge=true"), 410, "gone");
    assertProblem(client().post("/jobs/" + id + "/rerun"), 410, "gone");
    assertThat(client().get("/jobs?limit=50").text()).doesNotContain(id);
  }

  private static Answer write(Run run) throws Exception {
    Files.writeString(run.directory().resolve("out"), "x");
    return Script.answer("written");
  }

  @Test
  void unfinishedJobIsNotPurged() {
    String running = holdOpen();
    String waits = client().submit("script", "x");

    assertProblem(client().delete("/jobs/" + running + "?purge=true"), 409, "job-not-finished");
    assertProblem(client().delete("/jobs/" + waits + "?purge=true"), 409, "job-not-finished");
    assertThat(client().status(running)).isEqualTo("running");
    assertThat(client().status(waits)).isEqualTo("queued");
  }

  @Test
  void rerunIsANewJobWithTheSameInput() {
    Reply first =
        client().ended(client().postForm("/jobs?kind=script&timeout=90s", "text=a&more=b").id());

    Reply second = client().post("/jobs/" + first.id() + "/rerun");

    assertThat(second.status()).isEqualTo(202);
    assertThat(second.header("Location")).isEqualTo("/jobs/" + second.id());
    assertThat(second.header("Retry-After")).isNotEmpty();
    assertThat(second.id()).isGreaterThan(first.id());
    assertThat(second.json().at("/input")).isEqualTo(first.json().at("/input"));
    assertThat(client().ended(second.id()).at("/result")).isEqualTo(first.at("/result"));
    assertThat(client().status(first.id())).isEqualTo("succeeded");
  }

  private String holdOpen() {
    Script.Hold hold = script.hold("holds");
    String id = client().submit("script", "holds");
    hold.awaitBegin();
    return id;
  }
}
