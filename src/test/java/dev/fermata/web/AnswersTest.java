package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class AnswersTest {

  @Test
  void aClientThatSaysNothingTakesThe202AndGoes() {
    assertThat(Answers.waits(new MockHttpServletRequest())).isFalse();
    assertThat(Answers.waits(with("Prefer", "respond-async"))).isFalse();
  }

  @Test
  void aClientMayWaitForTheEnd() {
    assertThat(Answers.waits(with("Prefer", "wait=5"))).isTrue();
    assertThat(Answers.stream(with("Prefer", "wait=5"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/event-stream | text/event-stream",
        "text/event-stream;charset=utf-8 | text/event-stream",
        "application/x-ndjson | application/x-ndjson",
        "application/json;q=0.5, text/event-stream | text/event-stream"
      })
  void orFollowTheEvents(String accept, String stream) {
    assertThat(Answers.stream(with("Accept", accept)))
        .map(format -> format.type().toString())
        .contains(stream);
    assertThat(Answers.waits(with("Accept", accept))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "text/*",
        "application/json",
        "text/plain",
        "application/json, text/event-stream;q=0.5",
        "no type at all"
      })
  void anyOtherFormatIsNoStream(String accept) {
    assertThat(Answers.stream(with("Accept", accept))).isEqualTo(Optional.empty());
  }

  private static MockHttpServletRequest with(String header, String value) {
    var request = new MockHttpServletRequest();
    request.addHeader(header, value);
    return request;
  }
}
