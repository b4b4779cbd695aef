package dev.fermata.lane;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a lane's jobs take, by their kinds: a mean in which each new job weighs a fifth. A kind
 * of which none has ended yet takes as long as the others do. Not safe for use by several threads:
 * the lane's lock guards it.
 */
final class Pace {

  private static final double WEIGHT = 0.2;

  private final Map<String, Double> byKind = new HashMap<>();
  private @Nullable Double ofAll;

  void took(String kind, Duration duration) {
    double seconds = Math.max(0, duration.toNanos() / 1e9); // the clock may step back
    byKind.merge(kind, seconds, Pace::moved);
    ofAll = ofAll == null ? seconds : moved(ofAll, seconds);
  }

  private static double moved(double mean, double seconds) {
    return mean + WEIGHT * (seconds - mean);
  }

  /** How long a job of a kind takes, in seconds; null before the first end of any. */
  @Nullable Double of(String kind) {
    return byKind.getOrDefault(kind, ofAll);
  }

  /** How long a job of any kind takes, in seconds; null before the first end. */
  @Nullable Double ofAny() {
    return ofAll;
  }

  /** What is left of a job that has run so long; empty before the first end of any. */
  Optional<Duration> left(String kind, Duration ran) {
    Duration known = ran.isNegative() ? Duration.ZERO : ran; // as above
    return Optional.ofNullable(of(kind))
        .map(Pace::duration)
        .map(mean -> mean.compareTo(known) > 0 ? mean.minus(known) : Duration.ZERO);
  }

  static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(1000 * seconds));
  }
}
