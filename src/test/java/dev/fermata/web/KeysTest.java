package dev.fermata.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.IdempotencyKey;
import dev.fermata.job.Owner;
import java.security.Principal;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Which requests are the same, and what can be a key. */
class KeysTest {

  private static MockHttpServletRequest request(
      String method, String path, @Nullable String query) {
    var request = new MockHttpServletRequest(method, path);
    request.setQueryString(query);
    request.addHeader("Idempotency-Key", "k");
    return request;
  }

  private static IdempotencyKey key(MockHttpServletRequest request, String body) {
    return Objects.requireNonNull(Keys.of(request, new Body(body.getBytes(UTF_8), null)));
  }

  @Test
  void requestWithoutTheHeaderHasNoKey() {
    assertThat(Keys.of(new MockHttpServletRequest(), new Body(new byte[0], null))).isNull();
  }

  @Test
  void sameRequestHasTheSameFingerprintWhateverElseIsInItsHead() {
    MockHttpServletRequest other = request("POST", "/jobs", "kind=a");
    other.addHeader("Prefer", "wait=9");
    other.setContentType("text/plain");

    assertThat(key(other, "x")).isEqualTo(key(request("POST", "/jobs", "kind=a"), "x"));
    assertThat(key(other, "x").fingerprint()).matches("[0-9a-f]{64}");
  }

  @Test
  void methodPathQueryAndBodyTellRequestsApart() {
    assertThat(
            Stream.of(
                key(request("POST", "/jobs", "kind=a"), "x"),
                key(request("PUT", "/jobs", "kind=a"), "x"),
                key(request("POST", "/job", "kind=a"), "x"),
                key(request("POST", "/jobs", "kind=b"), "x"),
                key(request("POST", "/jobs", null), "x"),
                key(request("POST", "/jobs", null), "kind=a\nx"),
                key(request("POST", "/jobs", "kind=a"), "x\n"),
                key(request("POST", "/jobs", "kind=a"), "")))
        .extracting(IdempotencyKey::fingerprint)
        .doesNotHaveDuplicates();
  }

  @Test
  void keyBelongsToWhoeverSentIt() {
    MockHttpServletRequest alices = request("POST", "/jobs", null);
    alices.setUserPrincipal((Principal) () -> "alice");

    assertThat(Set.of(key(alices, "").owner(), key(request("POST", "/jobs", null), "").owner()))
        .containsExactlyInAnyOrder(new Owner("alice"), Owner.NOBODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k", "\"k\"", "8e03978e-40d5-43dd-bc93-6894a57f9324", "a,b;c=~!"})
  void keyIsTakenAsItIsWritten(String text) {
    var request = new MockHttpServletRequest();
    request.addHeader("Idempotency-Key", "  " + text + " ");

    assertThat(key(request, "").key()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "two words", "na\u00efve", "tab\tbed", "256"})
  void whatCanBeNoKeyIsRefused(String text) {
    var request = new MockHttpServletRequest();
    request.addHeader("Idempotency-Key", text.equals("256") ? "x".repeat(256) : text);

    assertThatThrownBy(() -> key(request, ""))
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.problem()).isEqualTo(Problem.BAD_IDEMPOTENCY_KEY));
  }

  @Test
  void twoKeysAreRefused() {
    MockHttpServletRequest request = request("POST", "/jobs", null);
    request.addHeader("Idempotency-Key", "k");

    assertThatThrownBy(() -> key(request, "")).isInstanceOf(Rejected.class);
  }

  @Test
  void longestKeyHas255Characters() {
    var request = new MockHttpServletRequest();
    request.addHeader("Idempotency-Key", "x".repeat(255));

    assertThat(key(request, "").key()).hasSize(255);
  }
}
