package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time before which a job does not start, as clients write it. */
class LaterTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T12:00:01Z, 2026-01-01T12:00:01Z",
    "2026-01-01t13:00:01.5+01:00, 2026-01-01T12:00:01.500Z",
    "2026-01-02T00:00:00-12:00, 2026-01-02T12:00:00Z",
    "2026-01-01T12:00:00.0000001Z, 2026-01-01T12:00:00.001Z"
  })
  void anyOffsetIsTakenAndAPartOfAMillisecondIsAWholeOne(String text, Instant time) {
    assertThat(Later.of(text, NOON)).isEqualTo(time);
  }

  @Test
  void whatHasPassedIsNow() {
    assertThat(Later.of(null, NOON)).isNull();
    assertThat(Later.of("2026-01-01T12:00:00Z", NOON)).isNull();
    assertThat(Later.of("-0001-01-01T00:00:00Z", NOON)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "noon", "2026-01-01T12:00:01", "12:00:01Z", "1767268801"})
  void whatIsNoTimeWithAnOffsetIsRefused(String text) {
    assertThatThrownBy(() -> Later.of(text, NOON))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("2026-11-22T02:00:00Z");
  }

  @Test
  void yearAheadIsFarEnough() {
    Instant farthest = NOON.plus(Duration.ofDays(366));

    assertThat(Later.of(farthest.toString(), NOON)).isEqualTo(farthest);
    assertThatThrownBy(() -> Later.of(farthest.plusMillis(1).toString(), NOON))
        .isInstanceOf(Rejected.class);
    assertThatThrownBy(() -> Later.of("+999999999-12-31T23:59:59Z", NOON))
        .isInstanceOf(Rejected.class);
  }
}
