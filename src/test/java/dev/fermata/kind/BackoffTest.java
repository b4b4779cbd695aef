package dev.fermata.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a job rests after a failure. */
class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), 3, Duration.ofSeconds(20));

  @Test
  void restGrowsUpToItsLimit() {
    assertThat(rests(1)).containsExactly(1000L, 3000L, 9000L, 20_000L, 20_000L);
    assertThat(backoff.rest(Integer.MAX_VALUE, 1)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void halfOfItIsLeftToChance() {
    assertThat(rests(0)).containsExactly(500L, 1500L, 4500L, 10_000L, 10_000L);
    assertThat(backoff.rest(1, 0.5)).isEqualTo(Duration.ofMillis(750));
  }

  @Test
  void restCanBeNothing() {
    var none = new Backoff(Duration.ZERO, 2, Duration.ZERO);

    assertThat(none.rest(1, 1)).isZero();
    assertThat(none.rest(Integer.MAX_VALUE, 1)).isZero();
  }

  private List<Long> rests(double chance) {
    return IntStream.rangeClosed(1, 5)
        .mapToObj(failures -> backoff.rest(failures, chance).toMillis())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 2, 10, backoff.first",
    "1, 0.9, 10, backoff.factor",
    "1, NaN, 10, backoff.factor",
    "1, Infinity, 10, backoff.factor",
    "1, 2, 0, backoff.max",
    "1, 2, 99999999, backoff.max"
  })
  void whatMakesNoSenseIsRefusedByName(long first, double factor, long max, String name) {
    assertThatThrownBy(
            () -> new Backoff(Duration.ofSeconds(first), factor, Duration.ofSeconds(max)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }
}
