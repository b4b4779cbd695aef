package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Only so many clients stay for jobs at a time; the others are told so before anything happens. */
@TestPropertySource(properties = "fermata.limits.watchers=2")
class WatchersTest extends ServerTest {

  private static final String SSE = "Accept: text/event-stream";
  private static final String[] STREAM = {
    "Accept", "text/event-stream", "Content-Type", "text/plain"
  };
  private static final String[] WAIT = {"Prefer", "wait=5", "Content-Type", "text/plain"};

  @Test
  void oneTooManyIsRefusedAndNothingIsHalfCreated() throws IOException {
    Script.Hold hold = script.hold("holds");
    String id = client().submit("script", "holds");
    hold.awaitBegin();
    String path = "/jobs/" + id + "/events";
    try (Follower first = Follower.get(client().port(), path, SSE)) {
      try (Follower second = Follower.get(client().port(), path, SSE)) {
        first.next(2);
        second.next(2);
        Traces before = traces();

        assertRefused(client().get(path, "Accept", "text/event-stream"));
        assertRefused(client().get(path, "Accept", "text/plain, text/event-stream"));
        assertRefused(client().get("/jobs/" + id, "Prefer", "wait=5"));
        assertRefused(client().send("POST", "/jobs?kind=script", "more".getBytes(UTF_8), STREAM));
        assertRefused(client().send("POST", "/jobs?kind=script", "more".getBytes(UTF_8), WAIT));
        assertThat(traces()).isEqualTo(before);

        assertThat(client().get(path).json()).as("who does not stay is served").hasSize(2);
        assertThat(client().job(id).status()).isEqualTo(200);
        client().submit("script", "later");
      }
      Eventually.holds(() -> client().get("/jobs/" + id, "Prefer", "wait=0").status() == 200);
      hold.release();
      assertThat(first.rest()).isNotEmpty();
    }
    Reply waited = client().send("POST", "/jobs?kind=script", "more".getBytes(UTF_8), WAIT);
    assertThat(waited.status()).isEqualTo(200);
  }

  private void assertRefused(Reply reply) {
    assertProblem(reply, 503, "too-many-watchers");
    assertThat(reply.header("Retry-After")).isEqualTo("10");
  }
}
