package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client may wait for the end of a job, within bounds, instead of asking again and again. */
class WaitTest extends ServerTest {

  private Reply post(String path, String body, String prefer) {
    byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return client().send("POST", path, bytes, "Content-Type", "text/plain", "Prefer", prefer);
  }

  @Test
  void submissionIsAnsweredAtTheEndOfItsJob() {
    Reply reply = post("/jobs?kind=script", "x", "wait=60");

    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.header("Preference-Applied")).isEqualTo("wait=60");
    assertThat(reply.header("Location")).isEqualTo("/jobs/" + reply.id());
    assertThat(reply.at("/status")).isEqualTo("succeeded");
    assertThat(reply.at("/result")).isEqualTo("x");
    assertThat(reply.json()).isEqualTo(client().job(reply.id()).json());
  }

  @Test
  void submissionThatTakesLongerIsAcceptedAllTheSame() {
    Script.Hold hold = script.hold("holds");

    Reply reply = post("/jobs?kind=script", "holds", "wait=1");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.header("Preference-Applied")).isEqualTo("wait=1");
    assertThat(reply.header("Retry-After")).isNotEmpty();
    assertThat(reply.at("/status")).isEqualTo("running");
    hold.release();
    assertThat(client().ended(reply.id()).at("/status")).isEqualTo("succeeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait=-1", "wait=soon", "wait"})
  void badWaitIsRefusedAndNothingIsAccepted(String prefer) {
    Traces before = traces();

    assertProblem(post("/jobs?kind=script", "x", prefer), 400, "bad-preference");
    assertThat(traces()).isEqualTo(before);
  }

  @Test
  void jobIsShownAtItsEndOrAsItStands() {
    Script.Hold hold = script.hold("holds");
    String id = client().submit("script", "holds");
    hold.awaitBegin();

    Reply early = client().get("/jobs/" + id, "Prefer", "wait=1");
    CompletableFuture<Reply> late =
        CompletableFuture.supplyAsync(() -> client().get("/jobs/" + id, "Prefer", "wait=1000"));
    hold.release();

    assertThat(early.status()).isEqualTo(200);
    assertThat(early.at("/status")).isEqualTo("running");
    assertThat(early.header("Preference-Applied")).isEqualTo("wait=1");
    assertThat(late.join().at("/status")).isEqualTo("succeeded");
    assertThat(late.join().header("Preference-Applied")).isEqualTo("wait=300");
    assertThat(late.join().header("ETag")).isNotEmpty();
    assertProblem(client().get("/jobs/" + id, "Prefer", "wait=x"), 400, "bad-preference");
  }

  @Test
  void shortFormThatIsWaitedForIsAnsweredByTheJob() {
    Reply waited = post("/", "MVHLTPEEKSAVTALWGKV", "wait=60");
    Reply line =
        client()
            .send(
                "POST",
                "/jobs?kind=script",
                new byte[] {'x'},
                "Content-Type",
                "text/plain",
                "Prefer",
                "wait=60",
                "Accept",
                "text/plain");

    assertThat(waited.status()).isEqualTo(200);
    assertThat(waited.at("/kind")).isEqualTo("align");
    assertThat(waited.json().at("/finished").asBoolean()).isTrue();
    assertThat(line.text()).matches("Job [^\n]* \\(script\\) succeeded\\.\n");
  }
}
