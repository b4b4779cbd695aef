package dev.fermata.lane;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a lane's jobs take: a mean in which each new job weighs a fifth. Not safe for use by
 * several threads: the lane's lock guards it.
 */
final class Pace {

  private static final double WEIGHT = 0.2;

  private @Nullable Double meanSeconds;

  void took(Duration duration) {
    double seconds = Math.max(0, duration.toNanos() / 1e9); // the clock may step back
    meanSeconds = meanSeconds == null ? seconds : meanSeconds + WEIGHT * (seconds - meanSeconds);
  }

  /** Until {@code ahead} jobs have ended on {@code workers} workers; null before the first end. */
  @Nullable Duration forJobs(int ahead, int workers) {
    return meanSeconds == null
        ? null
        : Duration.ofMillis(Math.round(1000 * meanSeconds * ahead / workers));
  }

  /** What is left of a job that has run so long; empty before the first end. */
  Optional<Duration> left(Duration ran) {
    Duration known = ran.isNegative() ? Duration.ZERO : ran; // as above
    return Optional.ofNullable(forJobs(1, 1))
        .map(mean -> mean.compareTo(known) > 0 ? mean.minus(known) : Duration.ZERO);
  }
}
