package dev.fermata.wiring;

import dev.fermata.retention.Terms;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How long things are kept, counted from the end of their job.
 *
 * @param keys of idempotency, counted from their first use
 * @param tombstones that there was a job, counted from when it was removed
 * @param maxSize what everything may take on the disk: jobs go before their time while it is more
 * @param sweep how long to rest between two looks for what is to be removed
 */
record RetentionSettings(
    @DefaultValue("7d") Duration jobs,
    @DefaultValue("7d") Duration events,
    @DefaultValue("7d") Duration files,
    @DefaultValue("24h") Duration keys,
    @DefaultValue("90d") Duration tombstones,
    @DefaultValue("20GB") DataSize maxSize,
    @DefaultValue("10s") Duration sweep) {

  RetentionSettings {
    if (Stream.of(jobs, events, files, keys, tombstones).anyMatch(each -> !each.isPositive())
        || maxSize.toBytes() <= 0) {
      throw new IllegalArgumentException(
          "what is kept for no time or in no room is lost at once: for no limit write a long time,"
              + " such as 36500d, or much room, such as 1000TB");
    }
    if (!sweep.isPositive()) {
      throw new IllegalArgumentException("fermata.retention.sweep must be more than nothing");
    }
  }

  Terms terms() {
    return new Terms(jobs, events, files, keys, tombstones, maxSize.toBytes());
  }
}
