package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.acceptance.Follower.Told;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A turn whose model lets it down fails, says why, and leaves what its policy says. */
class ModelTroubleTest extends ServerTest {

  @ParameterizedTest
  @CsvSource({
    "refuses, answered 500: no room, keep",
    "refuses, answered 500: no room, discard",
    "stalls, sent nothing for 2s, keep",
    "halves, only a part, keep",
    "halves, only a part, discard",
    "closes, closed the stream before the end, keep",
    "closes, closed the stream before the end, discard"
  })
  void turnFails(String trouble, String message, String policy) throws Exception {
    String session = trouble + "-" + policy;
    String path = "/jobs?kind=trouble&session=" + session + "&onFailure=" + policy;
    List<Told> told;
    try (Follower client =
        Follower.post(
            client().port(),
            path,
            trouble,
            "Accept: text/event-stream",
            "Content-Type: text/plain")) {
      told = client.rest();
    }
    JsonNode end = told.getLast().data();
    assertThat(told.getLast().type()).isEqualTo("end");
    assertThat(text(end, "/status")).isEqualTo("failed");
    assertThat(text(end, "/reason")).isEqualTo("handler_error");
    assertThat(text(end, "/message")).contains(message);
    assertThat(end.at("/result").isNull()).isTrue();

    Reply saved = client().get("/sessions/" + session);
    if (policy.equals("discard")) {
      assertProblem(saved, 404, "unknown-session");
    } else {
      assertKept(saved.json(), trouble);
    }
  }

  private static void assertKept(JsonNode session, String trouble) {
    boolean silent = trouble.equals("refuses");
    assertThat(session.at("/version").asInt()).isEqualTo(1);
    assertThat(session.at("/total").asInt()).isEqualTo(silent ? 1 : 2);
    assertThat(text(session, "/messages/0/content")).isEqualTo(trouble);
    assertThat(text(session, "/messages/0/outcome")).isEqualTo("failed");
    if (!silent) {
      assertThat(text(session, "/messages/1/content")).isEqualTo("So far");
    }
  }
}
