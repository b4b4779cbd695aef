package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @ValueSource(strings = {"0s", "500ms", "90s", "2m", "36h"})
  void whatIsReadIsWrittenAlike(String text) {
    assertThat(Durations.parse(text).map(Durations::text)).contains(text);
  }

  @Test
  void theGreatestExactUnitIsChosen() {
    assertThat(Durations.text(Duration.ofHours(2))).isEqualTo("2h");
    assertThat(Durations.text(Duration.ofMillis(1500))).isEqualTo("1500ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-5s", "1.5s", "PT5S", "5 s", "9999999999s"})
  void anythingElseIsNoDuration(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }
}
