package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.job.Reason;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Run;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A failed job is tried again as often as its kind and its client allow, and holds up nobody. */
class RetryTest extends ServerTest {

  private static Answer fail(Run run) throws JobFailed {
    throw new JobFailed(Reason.EXIT_CODE, "It broke.", run.attempt());
  }

  /** Succeeds at the third attempt, in a directory in which nothing is left of the others. */
  private static JobHandler third() {
    return run -> {
      Files.createFile(run.directory().resolve("trace")); // fails if there is one
      run.chunk("stdout", "attempt " + run.attempt());
      return run.attempt() < 3 ? fail(run) : Script.answer("at last");
    };
  }

  private List<JsonNode> events(String id) {
    return client().get("/jobs/" + id + "/events").json().valueStream().toList();
  }

  private static List<String> statuses(List<JsonNode> events) {
    return events.stream()
        .filter(event -> text(event, "/type").equals("status"))
        .map(event -> text(event, "/data/status") + " " + text(event, "/data/attempt"))
        .toList();
  }

  private boolean rests(String id) {
    JsonNode job = client().job(id).json();
    return job.at("/attempt").asInt() > 0 && text(job, "/status").equals("queued");
  }

  private String resting(String query) {
    String id = Turns.accepted(client().postBody(query, "text/plain", "poison"));
    Eventually.holds(() -> rests(id));
    return id;
  }

  @Test
  void attemptsAreEventsOfOneStreamAndOnlyTheLastOneEndsIt() throws Exception {
    script.on("third", third());
    try (Follower follower =
        Follower.post(
            client().port(),
            "/jobs?kind=fickle",
            "text=third",
            Turns.SSE,
            "Content-Type: " + Client.FORM)) {
      List<Follower.Told> told = follower.rest();

      assertThat(told).extracting(Follower.Told::type).endsWith("end");
      assertThat(told).filteredOn(it -> it.type().equals("end")).hasSize(1);
      assertThat(told.stream().map(Follower.Told::id))
          .isEqualTo(IntStream.rangeClosed(1, told.size()).mapToObj(Integer::toString).toList());
      JsonNode job = told.getLast().data();
      assertThat(text(job, "/status")).isEqualTo("succeeded");
      assertThat(job.at("/attempt").asInt()).isEqualTo(3);
      assertThat(job.at("/warnings").isEmpty()).isTrue();

      List<JsonNode> events = events(text(job, "/id"));
      assertThat(events).hasSize(told.size());
      assertThat(statuses(events))
          .containsExactly(
              "queued 0", "running 1", "queued 1", "running 2", "queued 2", "running 3");
      assertThat(events.stream().filter(it -> text(it, "/data/status").equals("queued")).skip(1))
          .allMatch(it -> text(it, "/data/reason").equals("exit_code"));
      assertThat(events.stream().filter(it -> text(it, "/type").equals("chunk")))
          .extracting(it -> text(it, "/data/text"))
          .containsExactly("attempt 1", "attempt 2", "attempt 3");
    }
  }

  @Test
  void poisonJobFailsAtItsLastAttemptAndTheNextJobRuns() {
    script.on("poison", RetryTest::fail);
    String poison = client().submit("fickle", "poison");
    String next = client().submit("script", "next");

    Reply failed = client().ended(poison);
    assertThat(failed.at("/status")).isEqualTo("failed");
    assertThat(failed.at("/reason")).isEqualTo("exit_code");
    assertThat(failed.json().at("/returnCode").asInt()).isEqualTo(3);
    assertThat(failed.json().at("/attempt").asInt()).isEqualTo(3);
    assertThat(client().ended(next).at("/status")).isEqualTo("succeeded");
    assertProblem(client().get("/jobs/" + poison + "/result"), 409, "job-failed");
  }

  @Test
  void jobThatRestsIsQueuedOutOfLineAndOthersPass() {
    script.on("poison", RetryTest::fail);
    String id = resting("/jobs?kind=patient");

    JsonNode job = client().job(id).json();
    assertThat(job.at("/position").isNull()).isTrue();
    assertThat(job.at("/startedAt").isNull()).isTrue();
    assertThat(job.at("/reason").isNull()).isTrue();
    assertThat(job.at("/finished").asBoolean()).isFalse();
    assertThat(text(job, "/estimatedStartAt")).isGreaterThan(text(job, "/submittedAt"));
    assertThat(text(job, "/warnings/0")).isEqualTo("Attempt 1 failed: It broke.");
    assertThat(client().ended(client().submit("script", "other")).at("/status"))
        .isEqualTo("succeeded");

    Reply waited = client().get("/jobs/" + id, "Prefer", "wait=0");
    assertThat(waited.at("/status")).isEqualTo("queued");
    assertProblem(client().get("/jobs/" + id + "/result"), 409, "result-not-ready");
    Reply backlog = client().get("/backlog");
    assertThat(backlog.json().at("/length").asInt()).isEqualTo(1);
    assertThat(backlog.json().at("/waiting").asInt()).isEqualTo(1);
    assertThat(backlog.at("/jobs/0/id")).isEqualTo(id);
    assertThat(client().get("/jobs?status=queued").at("/jobs/0/id")).isEqualTo(id);

    Reply cancelled = client().post("/jobs/" + id + "/cancel");
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.at("/status")).isEqualTo("cancelled");
    assertThat(cancelled.at("/reason")).isEqualTo("client_request");
  }

  @Test
  void laterTurnsOfTheSessionWaitUntilItEnds() {
    script.on("poison", RetryTest::fail);
    script.on("say", Turns::say);
    String resting = resting("/jobs?kind=patient&session=rests");
    String later = Turns.submit(client(), "rests", "say");
    String last = Turns.submit(client(), "rests", "say", "lane=wide");

    client().ended(Turns.submit(client(), "another", "say"));
    assertThat(client().job(later).json().at("/position").isNull()).isTrue();
    assertThat(client().status(last)).isEqualTo("queued");
    Reply busy =
        client().postBody("/jobs?kind=script&session=rests&onBusy=reject", "text/plain", "say");
    assertProblem(busy, 409, "session-busy");
    assertThat(busy.at("/job")).isEqualTo(resting);
    assertProblem(client().putJson("/sessions/rests", "{\"meta\":{}}"), 409, "session-in-use");

    assertThat(client().delete("/jobs/" + resting).status()).isEqualTo(200);
    client().ended(later);
    client().ended(last);
    assertThat(Turns.jobs(client().get("/sessions/rests"))).containsExactly(later, last);
  }

  @Test
  void filteredCancelFindsThoseThatRest() {
    script.on("poison", RetryTest::fail);
    String id = resting("/jobs?kind=patient");

    Reply count = client().post("/jobs/cancel?kind=patient&status=queued");

    assertThat(count.json().at("/count").asInt()).isEqualTo(1);
    assertThat(client().ended(id).at("/status")).isEqualTo("cancelled");
  }

  @Test
  void clientMayAskForFewerAttemptsAndNotForMore() {
    script.on("poison", RetryTest::fail);
    String once = "/jobs?kind=fickle&maxAttempts=1";
    Reply job = client().ended(Turns.accepted(client().postBody(once, "text/plain", "poison")));
    assertThat(job.at("/status")).isEqualTo("failed");
    assertThat(job.json().at("/attempt").asInt()).isEqualTo(1);

    Reply again = client().ended(client().post("/jobs/" + job.id() + "/rerun").id());
    assertThat(again.json().at("/attempt").asInt()).as("as it was asked for").isEqualTo(1);
    String twice = "{\"kind\":\"fickle\",\"input\":{\"text\":\"poison\"},\"maxAttempts\":2}";
    Reply second = client().ended(Turns.accepted(client().postJson("/jobs", twice)));
    assertThat(second.json().at("/attempt").asInt()).isEqualTo(2);

    Reply more = client().postBody("/jobs?kind=fickle&maxAttempts=4", "text/plain", "poison");
    assertProblem(more, 422, "invalid-parameter", "/maxAttempts");
    assertThat(more.at("/detail")).contains("3");
  }

  @Test
  void kindSaysHowOftenItTries() {
    assertThat(client().get("/kinds/fickle").json().at("/limits/maxAttempts").asInt()).isEqualTo(3);
    assertThat(client().get("/kinds/script").json().at("/limits/maxAttempts").asInt()).isEqualTo(1);
  }
}
