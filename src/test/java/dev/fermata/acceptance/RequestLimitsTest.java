package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** An owner who sends too fast is told when to come back, and nobody else is. */
@TestPropertySource(properties = {"fermata.limits.requests=1", "fermata.limits.burst=50"})
class RequestLimitsTest extends KeyedTest {

  @Test
  void burstIsAnsweredAndTheRestIsSentAway() {
    List<Reply> replies = Stream.generate(() -> alice().get("/jobs")).limit(200).toList();

    assertThat(replies.stream().limit(50).map(Reply::status)).containsOnly(200);
    List<Reply> refused = replies.stream().filter(reply -> reply.status() != 200).toList();
    assertThat(refused).hasSizeGreaterThan(1);
    for (Reply reply : refused) {
      assertProblem(reply, 429, "too-many-requests");
      assertThat(reply.header("Retry-After")).isEqualTo("1");
    }
    assertThat(bob().get("/jobs").status()).isEqualTo(200);
    assertThat(stranger().get("/").status()).isEqualTo(200);
    assertThat(alice().get("/actuator/health").status()).isEqualTo(200);
    assertThat(alice().get("/static/job.js").status()).isEqualTo(200);
    Eventually.holds(() -> alice().get("/backlog").status() == 200);
  }
}
