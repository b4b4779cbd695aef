package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message to a session is a job of kind chat on it. */
class ChatTurnsTest extends ServerTest {

  @Test
  void messageIsAJobOnItsSession() {
    Reply accepted = client().postJson("/sessions/turn/messages", "{\"content\":\"Hello there\"}");
    String id = accepted.id();

    assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
    assertThat(accepted.header("Location")).isEqualTo("/jobs/" + id);
    assertThat(accepted.at("/kind")).isEqualTo("chat");
    assertThat(accepted.at("/lane")).isEqualTo("chat");
    assertThat(accepted.at("/session")).isEqualTo("turn");
    assertThat(accepted.at("/input/content")).isEqualTo("Hello there");
    assertThat(client().ended(id).at("/status")).isEqualTo("succeeded");
    Reply session = client().get("/sessions/turn");
    assertThat(session.at("/messages/0/role")).isEqualTo("user");
    assertThat(session.at("/messages/0/content")).isEqualTo("Hello there");
    assertThat(session.at("/messages/1/role")).isEqualTo("assistant");
    assertThat(session.at("/messages/1/job")).isEqualTo(id);
  }

  @Test
  void everyBodyThatCurlSendsIsAMessage() {
    String path = "/sessions/bodies/messages?onBusy=enqueue";
    List<Reply> replies =
        List.of(
            client().postForm(path, "Just text, a=b & more"),
            client().postForm(path, "content=A+form"),
            client().postBody(path, "text/plain", "Plain\ntext"),
            client().send("POST", path, "No type".getBytes(UTF_8)));

    assertThat(replies).allMatch(it -> it.status() == 202);
    assertThat(replies.stream().map(it -> it.at("/input/content")))
        .containsExactly("Just text, a=b & more", "A form", "Plain\ntext", "No type");
  }

  @Test
  void optionsStandBesideTheContent() {
    Reply accepted =
        client()
            .postJson(
                "/sessions/beside/messages",
                "{\"content\":\"x\",\"session\":\"beside\",\"lane\":\"default\",\"onFailure\":\"keep\"}");
    assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
    assertThat(accepted.at("/lane")).isEqualTo("default");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | invalid-input | /content",
        "{\"content\":\"\"} | invalid-input | /content",
        "{\"content\":{}} | invalid-input | /content",
        "{\"content\":\"a\\u0000b\"} | invalid-input | /content",
        "{\"content\":\"x\",\"session\":\"other\"} | invalid-parameter | /session",
        "{\"content\":\"x\",\"session\":\"a/b\"} | invalid-parameter | /session",
        "{\"content\":\"x\",\"kind\":\"chat\"} | invalid-parameter | /kind",
        "{\"input\":{\"content\":\"x\"}} | invalid-parameter | /input",
        "{\"content\":\"x\",\"onBusy\":\"wait\"} | invalid-parameter | /onBusy",
        "{\"content\":\"x\",\"onDisconnect\":\"cancel\"} | invalid-parameter | /onDisconnect",
      })
  void badMessageIsRefusedAndMakesNoSession(String body, String slug, String pointer) {
    assertProblem(client().postJson("/sessions/refused/messages", body), 422, slug, pointer);
    assertProblem(client().get("/sessions/refused"), 404, "unknown-session");
  }

  @Test
  void messageThatIsEmptyTooLongOrNoTextIsRefused() {
    String path = "/sessions/refused/messages";
    assertProblem(client().post(path), 422, "invalid-input", "/content");
    assertProblem(client().postForm(path, "content="), 422, "invalid-input", "/content");
    assertProblem(
        client().postBody(path, "text/plain", "x".repeat(5_000_000)),
        422,
        "invalid-input",
        "/content");
    byte[] noText = {(byte) 0xff, (byte) 0xfe};
    assertThat(client().send("POST", path, noText, "Content-Type", "text/plain").status())
        .isEqualTo(422);
    assertProblem(client().postJson(path, "{"), 400, "malformed-json");
    assertProblem(client().get("/sessions/refused"), 404, "unknown-session");
  }

  @Test
  void kindOfMessagesSaysHowToSendOne() {
    assertThat(client().get("/kinds/chat").at("/example"))
        .startsWith("curl ")
        .contains("/sessions/", "/messages");
  }
}
