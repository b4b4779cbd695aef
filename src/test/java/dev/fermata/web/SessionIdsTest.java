package dev.fermata.web;

import static dev.fermata.job.Owner.NOBODY;
import static dev.fermata.journal.Sample.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class SessionIdsTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "...", ".a", "A-z_0:9.", "-", "0123"})
  void lettersDigitsAndAFewSignsMakeAnId(String id) {
    assertThat(SessionIds.option(id, NOBODY)).isEqualTo(session(id));
    assertThat(SessionIds.inPath(id, at("/sessions/" + id))).isEqualTo(session(id));
  }

  @Test
  void theLongestHas128() {
    assertThat(SessionIds.option("x".repeat(128), NOBODY).name()).hasSize(128);
    assertThatThrownBy(() -> SessionIds.option("x".repeat(129), NOBODY))
        .isInstanceOf(Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a b", "a/b", "ä", "a\n", "\u0000", "a%20b", "🎵"})
  void anythingElseIsRefusedWithTheRule(String id) {
    assertThatThrownBy(() -> SessionIds.option(id, NOBODY))
        .isInstanceOfSatisfying(
            Rejected.class,
            it -> {
              assertThat(it.problem()).isEqualTo(Problem.INVALID_SESSION_ID);
              assertThat(it.document("/jobs").errors().getFirst().pointer()).isEqualTo("/session");
            })
        .hasMessageContaining("1 to 128")
        .message()
        .matches("[ -~]+|.*[ä🎵].*");
  }

  @Test
  void aLongOneIsNotRepeatedInFull() {
    assertThatThrownBy(() -> SessionIds.option("x".repeat(10_000), NOBODY))
        .message()
        .hasSizeLessThan(300);
  }

  @Test
  void nothingMayStandBehindASemicolon() {
    assertThatThrownBy(() -> SessionIds.inPath("a", at("/sessions/a;b")))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("\"a;b\"");
  }

  private static MockHttpServletRequest at(String path) {
    return new MockHttpServletRequest("GET", path);
  }
}
