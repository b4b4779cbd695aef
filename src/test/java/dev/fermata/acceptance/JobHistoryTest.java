package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How the jobs of the last hour ended is counted by the minute. */
class JobHistoryTest extends ServerTest {

  private JsonNode history() {
    return client().get("/jobs/history").json();
  }

  private long ended(String how) {
    return history().at("/minutes").values().stream()
        .mapToLong(minute -> minute.at("/ended/" + how).asLong(0))
        .sum();
  }

  @Test
  void endsAreCountedByHowTheyCame() {
    long before = ended("succeeded");
    client().submit("script", "quick");
    client().submit("script", "quick");

    Eventually.holds(() -> ended("succeeded") >= before + 2);
    JsonNode minute = history().at("/minutes").values().stream().toList().getLast();
    assertThat(minute.at("/at").asString()).endsWith(":00.000Z");
    assertThat(minute.at("/queueWaitSeconds").isNumber()).isTrue();
    assertThat(minute.at("/runSeconds").isNumber()).isTrue();
    assertThat(client().get("/jobs/history", "Accept", "text/plain").text())
        .startsWith("In the last hour: ")
        .contains(" succeeded");
  }

  @Test
  void parameterIsRefused() {
    assertProblem(client().get("/jobs/history?minutes=5"), 422, "invalid-parameter", "/minutes");
  }
}
