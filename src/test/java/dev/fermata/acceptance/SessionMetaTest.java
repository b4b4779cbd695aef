package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session's metadata is replaced by hand, which makes the session if there is none. */
class SessionMetaTest extends ServerTest {

  @Test
  void metaMakesASession() {
    Reply made = client().putJson("/sessions/made", "{\"meta\":{\"n\":1.50}}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo("/sessions/made");
    assertThat(made.text()).contains("\"meta\":{\"n\":1.50}").endsWith("}\n");
    assertThat(made.json().at("/version").asLong()).isEqualTo(1);
    assertThat(made.json().at("/total").asLong()).isZero();
    assertThat(made.json().at("/messages").isEmpty()).isTrue();
    assertThat(client().get("/sessions/made").json()).isEqualTo(made.json());
  }

  @Test
  void metaIsReplacedAndNothingIsMerged() {
    client().putJson("/sessions/replaced", "{\"meta\":{\"a\":1,\"b\":2}}");

    Reply replaced = client().putJson("/sessions/replaced", "{\"meta\":{\"c\":3}}");

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.json().at("/meta").toString()).isEqualTo("{\"c\":3}");
    assertThat(replaced.json().at("/version").asLong()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | /meta",
        "{\"meta\":null} | /meta",
        "{\"meta\":[1]} | /meta",
        "{\"meta\":\"{}\"} | /meta",
        "{\"mta\":{}} | /mta",
        "{\"meta\":{},\"messages\":[]} | /messages",
      })
  void whatIsNoMetaIsRefused(String body, String pointer) {
    assertProblem(client().putJson("/sessions/refused", body), 422, "invalid-parameter", pointer);
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{\"meta\":{}", "{\"meta\":{}} x", "{\"meta\":{\"a\":1,\"a\":2}}"})
  void malformedJsonIsRefused(String body) {
    assertProblem(client().putJson("/sessions/refused", body), 400, "malformed-json");
    assertNothingIsLeft();
  }

  @Test
  void metaOverItsLimitIsRefused() {
    String body = "{\"meta\":{\"a\":\"" + "x".repeat(100_000) + "\"}}";
    assertProblem(client().putJson("/sessions/refused", body), 422, "invalid-parameter", "/meta");
    assertNothingIsLeft();
  }

  @Test
  void bodyThatDoesNotSayThatItIsJsonIsRefused() {
    byte[] body = "{\"meta\":{}}".getBytes(UTF_8);
    Reply refused = client().send("PUT", "/sessions/refused", body, "Content-Type", Client.FORM);
    assertProblem(refused, 415, "unsupported-media-type");
    assertThat(refused.header("Accept")).isEqualTo("application/json");
    assertThat(refused.at("/detail")).contains("Content-Type: application/json");
    assertNothingIsLeft();
  }

  @Test
  void wrongMethodIsRefusedWithTheRightOnes() {
    Reply refused = assertProblem(client().post("/sessions/x"), 405, "method-not-allowed");
    assertThat(refused.header("Allow")).contains("GET", "PUT", "DELETE");
    assertProblem(client().post("/sessions"), 405, "method-not-allowed");
  }

  /** What was stored may be gone again before the answer is made. */
  @Test
  void sessionThatOthersRemoveMeanwhileIsNotUnknown() throws Exception {
    var left = new AtomicInteger(500);
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService others = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 2; i++) {
        others.execute(
            () -> {
              while (left.get() > 0) {
                client().delete("/sessions/contested");
              }
            });
      }
      try {
        while (left.getAndDecrement() > 0) {
          answers.add(client().putJson("/sessions/contested", "{\"meta\":{}}").status());
        }
      } finally {
        left.set(0);
      }
    }

    assertThat(answers).isSubsetOf(200, 201, 409).contains(201);
  }

  private void assertNothingIsLeft() {
    assertProblem(client().get("/sessions/refused"), 404, "unknown-session");
  }
}
