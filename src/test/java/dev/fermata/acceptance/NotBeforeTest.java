package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A job may be submitted now and start later. */
class NotBeforeTest extends ServerTest {

  private static final String HELD = "held";

  private static Instant in(Duration time) {
    return Instant.now().plus(time);
  }

  private Reply submit(String text, String notBefore, String... more) {
    String time = URLEncoder.encode(notBefore, StandardCharsets.UTF_8);
    String path = "/jobs?kind=script&notBefore=" + time + String.join("", more);
    return client().postBody(path, "text/plain", text);
  }

  @Test
  void jobWaitsOutOfLineAndJoinsAtTheTailWhenItIsDue() {
    var hold = script.hold(HELD);
    String holder = client().submit("script", HELD);
    hold.awaitBegin();
    Instant due = in(Duration.ofSeconds(2));
    Reply accepted = submit("later", due.toString());
    String later = Turns.accepted(accepted);
    String other = client().submit("script", "other");

    assertThat(accepted.json().at("/position").isNull()).isTrue();
    assertThat(Instant.parse(accepted.at("/estimatedStartAt")))
        .isAfterOrEqualTo(due.minusMillis(1));
    assertThat(client().job(other).json().at("/position").asInt()).isEqualTo(1);
    JsonNode backlog = client().get("/backlog").json();
    assertThat(backlog.at("/length").asInt()).isEqualTo(3);
    assertThat(backlog.at("/jobs").valueStream().map(job -> text(job, "/id")))
        .containsExactly(holder, other, later);

    Eventually.holds(() -> client().job(later).json().at("/position").asInt() == 2);
    hold.release();
    Reply ended = client().ended(later);
    assertThat(ended.at("/status")).isEqualTo("succeeded");
    assertThat(Instant.parse(ended.at("/startedAt"))).isAfterOrEqualTo(due.minusMillis(1));
    assertThat(client().job(other).at("/finishedAt")).isLessThanOrEqualTo(ended.at("/startedAt"));
  }

  @Test
  void timeThatHasPassedIsNow() {
    String passed = in(Duration.ofHours(-1)).atOffset(ZoneOffset.ofHours(5)).toString();
    String id = Turns.accepted(submit("x", passed));
    assertThat(client().ended(id).at("/status")).isEqualTo("succeeded");
  }

  @Test
  void pagesOfTheBacklogGoThroughThoseThatAreNotDue() {
    var hold = script.hold(HELD);
    String holder = client().submit("script", HELD);
    hold.awaitBegin();
    String tomorrow = in(Duration.ofDays(1)).toString();
    String first = Turns.accepted(submit("x", tomorrow));
    String wide = Turns.accepted(submit("x", tomorrow, "&lane=wide"));
    String second = Turns.accepted(submit("x", tomorrow));
    String inLine = client().submit("script", "x");

    assertThat(client().all("/backlog?limit=1").stream().map(job -> text(job, "/id")))
        .containsExactly(holder, inLine, first, wide, second);
    assertThat(client().all("/backlog?limit=2&lane=default").stream().map(job -> text(job, "/id")))
        .containsExactly(holder, inLine, first, second);
    hold.release();
  }

  @Test
  void rerunStartsAtOnce() {
    String id = Turns.accepted(submit("x", in(Duration.ofMillis(300)).toString()));
    client().ended(id);

    Reply again = client().post("/jobs/" + id + "/rerun");

    assertThat(client().ended(Turns.accepted(again)).at("/status")).isEqualTo("succeeded");
  }

  @Test
  void jobThatIsNotDueCanBeCancelled() {
    String id = Turns.accepted(submit("x", in(Duration.ofDays(1)).toString()));

    Reply cancelled = client().delete("/jobs/" + id);

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.at("/status")).isEqualTo("cancelled");
    assertThat(cancelled.json().at("/attempt").asInt()).isZero();
  }

  @Test
  void whoIsWaitedForIsNotCancelledForAJobThatStartsLater() {
    Reply reply = submit("x", in(Duration.ofDays(1)).toString(), "&session=s&onBusy=interrupt");

    assertProblem(reply, 422, "invalid-parameter", "/notBefore");
  }

  @Test
  void chatTurnTakesItToo() {
    String body = "{\"content\":\"hi\",\"notBefore\":\"%s\"}".formatted(in(Duration.ofDays(1)));
    String id = Turns.accepted(client().postJson("/sessions/tomorrow/messages", body));
    String next =
        Turns.accepted(client().postJson("/sessions/tomorrow/messages", "{\"content\":\"ho\"}"));

    assertThat(client().job(id).json().at("/position").isNull()).isTrue();
    assertThat(client().status(next)).as("a later turn").isEqualTo("queued");
    client().delete("/jobs/" + id);
    assertThat(client().ended(next).at("/status")).isEqualTo("succeeded");
  }
}
