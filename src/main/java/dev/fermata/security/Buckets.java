package dev.fermata.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/** Holds each client to one rate. Safe for use by many threads. */
final class Buckets {

  /** Many more clients than come at a time; a bucket that is forgotten is a full one. */
  private static final int MOST = 10_000;

  private final Cache<String, Bucket> byClient;
  private final Rate rate;

  Buckets(Rate rate) {
    this.rate = rate;
    this.byClient =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(MOST)
            .expireAfterAccess(timeToFill(rate))
            .build();
  }

  private static Duration timeToFill(Rate rate) {
    return Duration.ofSeconds(1 + rate.burst() / rate.perSecond());
  }

  /**
   * Counts one request.
   *
   * @throws TurnedAway when it is one too many
   */
  void take(String client) {
    ConsumptionProbe probe = byClient.get(client, it -> full()).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw TurnedAway.tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }

  /** How many clients are remembered. */
  long size() {
    return byClient.estimatedSize();
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit.capacity(rate.burst()).refillGreedy(rate.perSecond(), Duration.ofSeconds(1)))
        .build();
  }
}
