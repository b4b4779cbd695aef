package dev.fermata.ops;

import java.time.Duration;
import java.util.stream.LongStream;

/** Where the buckets of histograms end: quantiles are as exact as these are near each other. */
final class Steps {

  /** For what may take a day. */
  static final Duration[] LONG =
      millis(
          10,
          50,
          100,
          250,
          500,
          1_000,
          2_500,
          5_000,
          15_000,
          60_000,
          300_000,
          900_000,
          3_600_000,
          14_400_000,
          86_400_000);

  /** For what takes a moment. */
  static final Duration[] SHORT =
      millis(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 15_000, 60_000);

  private Steps() {}

  private static Duration[] millis(long... steps) {
    return LongStream.of(steps).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
