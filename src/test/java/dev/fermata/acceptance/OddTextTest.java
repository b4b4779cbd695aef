package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** No text of a client or of a handler breaks a stream or a session, and no bad message starts. */
class OddTextTest extends ServerTest {

  /** What would be an end of its own if line breaks got through. */
  private static final String FORGED =
      "a\r\n\r\nid: 99\r\nevent: end\r\ndata: {}\r\n\r\n\rb\n\n:c\u2028d\u0085e\ufeff";

  @Test
  void lineBreaksInAMessageAndItsReplyStayWithinTheirEvents() throws Exception {
    String body = "{\"content\":" + JsonMapper.shared().writeValueAsString(FORGED) + "}";
    String id = Turns.accepted(client().postJson("/sessions/forged/messages", body));
    client().ended(id);

    List<String> types = types(id);

    assertThat(types).startsWith("status", "status", "chunk").endsWith("end");
    assertThat(types).containsOnlyOnce("end");
    assertThat(String.join("", Turns.pieces(client(), id))).isEqualTo(FORGED);
    Reply session = client().get("/sessions/forged");
    assertThat(session.at("/messages/0/content")).isEqualTo(FORGED);
    assertThat(session.at("/messages/1/content")).isEqualTo(FORGED);
    assertThat(client().get("/sessions/forged/messages", "Accept", "text/plain").text())
        .matches("[^\r\n]+\n");
  }

  @Test
  void lineBreaksInTheNameOfAStreamStayWithinTheirEvent() throws Exception {
    script.on(
        "names",
        run -> {
          run.chunk(FORGED, "text");
          throw new IllegalStateException(FORGED);
        });
    String id = client().submit("script", "names");

    Reply ended = client().ended(id);

    assertThat(types(id)).containsExactly("status", "status", "chunk", "end");
    Reply events = client().get("/jobs/" + id + "/events");
    assertThat(events.at("/2/data/stream")).isEqualTo(FORGED);
    assertThat(ended.at("/message")).contains("event: end");
  }

  /** The types of a job's events, of which each takes three lines and an empty one. */
  private List<String> types(String id) throws IOException {
    List<String> lines = lines(id);
    var types = new ArrayList<String>();
    for (int n = 0; n < lines.size(); n += 4) {
      assertThat(lines.get(n)).isEqualTo("id: " + (types.size() + 1));
      assertThat(lines.get(n + 1)).startsWith("event: ");
      assertThat(lines.get(n + 2)).startsWith("data: {").endsWith("}");
      assertThat(lines.get(n + 3)).isEmpty();
      types.add(lines.get(n + 1).substring("event: ".length()));
    }
    return types;
  }

  private List<String> lines(String id) throws IOException {
    var lines = new ArrayList<String>();
    try (Follower follower = Follower.get(client().port(), "/jobs/" + id + "/events", Turns.SSE)) {
      for (@Nullable String line = follower.line(); line != null; line = follower.line()) {
        lines.add(line);
      }
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait=-1", "wait=abc", "wait="})
  void messageWithABadWaitIsRefused(String wait) {
    Reply reply =
        client()
            .send(
                "POST",
                "/sessions/refused-wait/messages",
                "{\"content\":\"x\"}".getBytes(UTF_8),
                "Content-Type",
                "application/json",
                "Prefer",
                wait);

    assertProblem(reply, 400, "bad-preference");
    assertThat(client().get("/jobs?session=refused-wait").json().at("/jobs")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "onCancel, kep",
    "onCancel, KEEP",
    "onFailure, rollback",
    "onBusy, ''",
    "onBusy, discard",
    "onDisconnect, stay",
    "disconnectGrace, soon",
    "timeout, -1s"
  })
  void messageWithAnUnknownWordIsRefusedWhereverItStands(String option, String word) {
    String path = "/sessions/refused-word/messages";
    String query = path + "?" + option + "=" + word;

    assertProblem(
        client().postJson(path, Turns.message("x", option, word)),
        422,
        "invalid-parameter",
        "/" + option);
    assertProblem(
        client().postBody(query, "text/plain", "x"), 422, "invalid-parameter", "/" + option);
    assertThat(client().get("/jobs?session=refused-word").json().at("/jobs")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a/b", "a%2Fb", ".", "..", "%2E%2e", "%C3%A4", "%F0%9F%8E%B5", "%", "%00", ""})
  void messageToASessionThatCannotBeIsRefused(String id) throws IOException {
    Traces before = traces();
    for (String target :
        List.of("/sessions/" + id + "/messages", "/jobs?kind=script&session=" + id)) {
      Reply reply = post(target);
      assertThat(reply.status()).as(target + ": " + reply).isBetween(400, 499);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }
    assertThat(traces()).isEqualTo(before);
  }

  @Test
  void messageToASessionWithAnEndlessIdIsRefused() throws IOException {
    Traces before = traces();
    for (int length : new int[] {129, 10_000}) {
      String id = "x".repeat(length);
      for (String target :
          List.of("/sessions/" + id + "/messages", "/jobs?kind=script&session=" + id)) {
        Reply reply = post(target);
        assertThat(reply.status()).as(reply.toString()).isBetween(400, 499);
        assertThat(reply.bytes()).hasSizeLessThan(1000);
      }
    }
    assertThat(traces()).isEqualTo(before);
  }

  private Reply post(String target) throws IOException {
    try (var wire = new Wire(client().port())) {
      wire.lines(
          "POST " + target + " HTTP/1.1",
          "Host: localhost",
          "Connection: close",
          "Content-Type: text/plain",
          "Content-Length: 1",
          "");
      return wire.bytes(new byte[] {'x'}).read();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"content\":\"\\ud800\"}", "{\"content\":\"a\\udc00b\"}"})
  void halfACharacterIsNoText(String body) {
    Reply reply = client().postJson("/sessions/half/messages", body);

    assertThat(reply.status()).as(reply.toString()).isIn(400, 422);
    assertProblem(client().get("/sessions/half"), 404, "unknown-session");
  }
}
