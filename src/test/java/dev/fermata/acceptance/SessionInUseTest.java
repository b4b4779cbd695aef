package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.kind.Run;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** While a job has a session nobody else changes it, and a new job says what it does then. */
class SessionInUseTest extends ServerTest {

  private static final int CLIENTS = 50;

  @Test
  void readersSeeWhatWasSavedBeforeTheJobThatRuns() {
    client().putJson("/sessions/read", "{\"meta\":{\"n\":1}}");
    Script.Hold hold = script.hold("holds");
    script.on("holds", run -> sayAndThen(run, hold));
    String id = submit("read", "holds", "");
    hold.awaitBegin();

    Reply during = client().get("/sessions/read");
    hold.release();
    client().ended(id);
    Reply after = client().get("/sessions/read");

    assertThat(during.at("/job")).isEqualTo(id);
    assertThat(during.json().at("/version").asLong()).isEqualTo(1);
    assertThat(during.json().at("/messages").isEmpty()).isTrue();
    assertThat(after.json().at("/job").isNull()).isTrue();
    assertThat(after.json().at("/version").asLong()).isEqualTo(2);
    assertThat(after.at("/messages/0/content")).isEqualTo("holds");
  }

  @Test
  void sessionThatAJobHasOrWantsIsNeitherChangedNorRemoved() {
    client().putJson("/sessions/used", "{\"meta\":{}}");
    Script.Hold hold = script.hold("holds");
    String holder = submit("used", "holds", "");
    hold.awaitBegin();
    String waits = submit("new", "x", "");

    for (Reply refused :
        List.of(
            client().putJson("/sessions/used", "{\"meta\":{}}"),
            client().delete("/sessions/used"))) {
      assertProblem(refused, 409, "session-in-use");
      assertThat(refused.at("/job")).isEqualTo(holder);
    }
    for (Reply refused :
        List.of(
            client().putJson("/sessions/new", "{\"meta\":{}}"), client().delete("/sessions/new"))) {
      assertProblem(refused, 409, "session-in-use");
      assertThat(refused.at("/job")).isEqualTo(waits);
    }
    hold.release();
    client().ended(waits);
    assertThat(client().delete("/sessions/used").status()).isEqualTo(204);
    assertProblem(client().get("/sessions/used"), 404, "unknown-session");
    assertProblem(client().delete("/sessions/used"), 404, "unknown-session");
  }

  @Test
  void submissionThatWouldRatherNotWaitIsRefusedWithTheHolder() {
    Script.Hold hold = script.hold("holds");
    String holder = submit("busy", "holds", "");
    hold.awaitBegin();

    Reply refused = post("busy", "x", "&onBusy=reject");

    assertProblem(refused, 409, "session-busy");
    assertThat(refused.at("/job")).isEqualTo(holder);
    assertThat(refused.header("Retry-After")).matches("[1-9]\\d*");
    assertThat(post("free", "x", "&onBusy=reject").status()).isEqualTo(202);
    assertThat(post("busy", "x", "&onBusy=enqueue").status()).isEqualTo(202);
  }

  @Test
  void ofManyThatWouldRatherNotWaitOneIsAccepted() throws Exception {
    Script.Hold hold = script.hold("holds");
    Callable<Reply> one =
        () ->
            new Client(client().port())
                .postBody(path("one", "&onBusy=reject"), "text/plain", "holds");
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> replies =
          clients.invokeAll(Stream.generate(() -> one).limit(CLIENTS).toList());

      assertThat(replies.stream().map(reply -> reply.resultNow().status()))
          .containsOnly(202, 409)
          .containsOnlyOnce(202);
    }
    hold.release();
  }

  @Test
  void interruptKeepsTheTurnThatItEnds() {
    assertThat(endedBy("interrupt", "kept").at("/messages/0/outcome")).isEqualTo("cancelled");
  }

  @Test
  void rollbackDiscardsTheTurnThatItEnds() {
    assertProblem(endedBy("rollback", "discarded"), 404, "unknown-session");
  }

  @Test
  void turnIsKeptOrDiscardedAsItsSubmissionSays() {
    script.on("fails", SessionInUseTest::sayAndFail);

    client().ended(submit("fail-usual", "fails", ""));
    client().ended(submit("fail-keep", "fails", "&onFailure=keep"));

    assertProblem(client().get("/sessions/fail-usual"), 404, "unknown-session");
    assertThat(client().get("/sessions/fail-keep").at("/messages/0/outcome")).isEqualTo("failed");
  }

  @Test
  void rerunIsATurnOnTheSameSessionWithTheSamePolicies() {
    script.on("fails", SessionInUseTest::sayAndFail);
    String first = submit("again", "fails", "&onFailure=keep");
    client().ended(first);

    Reply again = client().post("/jobs/" + first + "/rerun");
    client().ended(again.id());

    assertThat(again.at("/session")).isEqualTo("again");
    assertThat(client().get("/sessions/again").json().at("/total").asLong()).isEqualTo(2);
  }

  /** The session after a turn that another one ended, and after that other one. */
  private Reply endedBy(String onBusy, String session) {
    Script.Hold hold = script.hold("holds");
    script.on("holds", run -> sayAndThen(run, hold));
    String first = submit(session, "holds", "");
    hold.awaitBegin();

    String second = submit(session, "x", "&onBusy=" + onBusy);

    assertThat(client().ended(first).at("/reason")).isEqualTo("superseded");
    assertThat(client().ended(second).at("/status")).isEqualTo("succeeded");
    return client().get("/sessions/" + session);
  }

  private static Answer sayAndThen(Run run, Script.Hold hold) throws InterruptedException {
    Objects.requireNonNull(run.session()).append("user", run.input("text"));
    return hold.run(run);
  }

  private static Answer sayAndFail(Run run) {
    Objects.requireNonNull(run.session()).append("user", "half");
    throw new IllegalStateException("as told");
  }

  private String submit(String session, String text, String options) {
    Reply reply = post(session, text, options);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
    return reply.id();
  }

  private Reply post(String session, String text, String options) {
    return client().postBody(path(session, options), "text/plain", text);
  }

  private static String path(String session, String options) {
    return "/jobs?kind=script&session=" + session + options;
  }
}
