package dev.fermata.kind;

import java.time.Duration;

/**
 * How long a job rests after an attempt that failed: each time longer, up to a limit.
 *
 * @param first after the first failure
 * @param factor how many times longer after each further one
 * @param max the longest
 */
public record Backoff(Duration first, double factor, Duration max) {

  private static final Duration LONGEST = Duration.ofDays(366);

  /** What a server does that was told nothing. */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1));

  public Backoff {
    if (first.isNegative()) {
      throw new IllegalArgumentException("backoff.first must not be negative");
    }
    if (!(factor >= 1 && factor <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("backoff.factor must be at least 1");
    }
    if (max.compareTo(first) < 0 || max.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("backoff.max must lie between backoff.first and 366d");
    }
  }

  /**
   * The rest after a failure. Half of it is left to chance, so that jobs which failed together do
   * not come back together.
   *
   * @param failures how many there were, at least 1
   * @param chance from 0 to 1
   */
  public Duration rest(int failures, double chance) {
    double whole =
        Math.min(first.toMillis() * Math.pow(factor, failures - 1), (double) max.toMillis());
    return Duration.ofMillis(Math.round(whole / 2 + whole / 2 * chance));
  }
}
