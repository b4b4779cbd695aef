package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands where a session's id should be is answered with a problem document. */
class OddSessionIdsTest extends ServerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%C3%A4",
        "%F0%9F%8E%B5",
        "a%20b",
        "a%0Ab",
        "a+b",
        "a;b",
        "a;b=c",
        "a%3Bb",
        "a%25",
        "*",
        "a,b",
        "~",
        "%7Ba%7D"
      })
  void idThatCannotBeIsRefusedWithTheRule(String id) throws IOException {
    for (String method : new String[] {"GET", "PUT", "DELETE"}) {
      Reply reply = send(method, "/sessions/" + id);
      assertProblem(reply, 422, "invalid-session-id");
      assertThat(reply.at("/detail")).contains("1 to 128");
    }
    assertProblem(send("GET", "/sessions/" + id + "/messages"), 422, "invalid-session-id");
    assertProblem(send("POST", "/sessions/" + id + "/messages"), 422, "invalid-session-id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".", "..", "%2E", "%2e%2e", "%2E.", "a%2Fb", "%2F", "a%5Cb", "a\\b", "%00", "%", "%zz",
        "%ff", "a/b", "../jobs", "<a>", "a|b", "{id}", ""
      })
  void noIdHurts(String id) throws IOException {
    for (String method : new String[] {"PUT", "DELETE"}) {
      Reply reply = send(method, "/sessions/" + id);
      assertThat(reply.status()).as(id + ": " + reply).isBetween(400, 499);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(reply.keys()).startsWith("type", "title", "status", "detail", "instance");
    }
  }

  @Test
  void longIdIsRefusedAndNotRepeated() throws IOException {
    assertProblem(send("GET", "/sessions/" + "x".repeat(129)), 422, "invalid-session-id");
    Reply reply = send("GET", "/sessions/" + "x".repeat(4000));
    assertProblem(reply, 422, "invalid-session-id");
    assertThat(reply.at("/detail")).hasSizeLessThan(300);
    Reply tooLong = send("GET", "/sessions/" + "x".repeat(10_000));
    assertThat(tooLong.status()).as(tooLong.toString()).isBetween(400, 499);
    assertThat(tooLong.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void idOfEverySignThatIsAllowedWorks() {
    String id = "Az09._:-" + "x".repeat(120);
    assertThat(client().putJson("/sessions/" + id, "{\"meta\":{}}").status()).isEqualTo(201);
    assertThat(client().get("/sessions/" + id).id()).isEqualTo(id);
    assertThat(client().putJson("/sessions/...", "{\"meta\":{}}").status()).isEqualTo(201);
    assertThat(client().delete("/sessions/...").status()).isEqualTo(204);
  }

  private Reply send(String method, String target) throws IOException {
    try (var wire = new Wire(client().port())) {
      wire.lines(
          method + " " + target + " HTTP/1.1",
          "Host: localhost",
          "Connection: close",
          "Content-Type: application/json",
          "Content-Length: 11",
          "",
          "{\"meta\":{}}");
      return wire.read();
    }
  }
}
