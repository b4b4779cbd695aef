package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class PreferenceTest {

  @Test
  void withoutAWaitThereIsNone() {
    assertThat(Preference.wait(new MockHttpServletRequest())).isEmpty();
    assertThat(wait("respond-async")).isEmpty();
    assertThat(wait("waiting=5")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait=5", "respond-async, WAIT = 5", "wait=\"5\"; x=y", "a=b,wait=05"})
  void aWaitIsReadAsTheStandardWritesIt(String header) {
    assertThat(wait(header)).contains(Duration.ofSeconds(5));
  }

  @Test
  void aWaitOverTheCapIsTheCap() {
    assertThat(wait("wait=301")).contains(Duration.ofMinutes(5));
    assertThat(wait("wait=99999999999999999999")).contains(Duration.ofMinutes(5));
    assertThat(Preference.applied(Duration.ofMinutes(5))).isEqualTo("wait=300");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait=-1", "wait=soon", "wait", "wait=", "wait=1.5"})
  void anythingElseIsRefused(String header) {
    assertThatThrownBy(() -> wait(header))
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.problem()).isEqualTo(Problem.BAD_PREFERENCE));
  }

  private static Optional<Duration> wait(String header) {
    var request = new MockHttpServletRequest();
    request.addHeader("Prefer", header);
    return Preference.wait(request);
  }
}
