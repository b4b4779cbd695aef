package dev.fermata.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words as clients and people read them. */
class WordsTest {

  @Test
  void idIsReadInItsCanonicalForm() {
    String text = "0190a5b1-7c5e-7b1a-8f0e-0123456789ab";

    assertThat(JobId.parse(text)).map(JobId::toString).contains(text);
    assertThat(JobId.parse(text.toUpperCase(Locale.ROOT))).isEqualTo(JobId.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "0190a5b1-7c5e-7b1a-8f0e-0123456789a",
        "0190a5b1-7c5e-7b1a-8f0e-0123456789abc",
        "0190a5b17c5e7b1a8f0e0123456789ab",
        "0190a5b1-7c5e-7b1a-8f0e-0123456789ag",
        "0190a5b1-7c5e-7b1a-8f0e-0123456789ab\n",
        "{0190a5b1-7c5e-7b1a-8f0e-0123456789ab}"
      })
  void anythingElseIsNoId(String text) {
    assertThat(JobId.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT1H30M, 1h30m",
    "PT2M, 2m",
    "PT48H, 48h",
    "PT1.5S, 1.5s",
    "PT1S, 1s",
    "PT0.5S, 500ms",
    "PT0.02S, 20ms"
  })
  void limitReadsAsPeopleWriteIt(Duration limit, String text) {
    assertThat(new Outcome.TimedOut(limit, null).message())
        .isEqualTo("The job ran longer than its limit of " + text + ".");
  }

  @ParameterizedTest
  @EnumSource
  void reasonIsReadBackFromItsWord(Reason reason) {
    assertThat(Reason.of(reason.word())).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource
  void statusIsReadBackFromItsWord(Status status) {
    assertThat(Status.of(status.word())).contains(status);
    assertThat(Status.of("no such word")).isEmpty();
  }

  @Test
  void onlyEndsAreFinished() {
    assertThat(Arrays.stream(Status.values()).filter(status -> !status.finished()))
        .containsExactly(Status.QUEUED, Status.RUNNING, Status.CANCELLING);
  }
}
