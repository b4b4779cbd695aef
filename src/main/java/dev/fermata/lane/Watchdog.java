package dev.fermata.lane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports a lane that stands still although jobs wait in it, and why: nothing is stuck in silence.
 * Safe for use by many threads.
 */
public final class Watchdog {

  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  /**
   * A lane as it was seen last.
   *
   * @param since when it was first seen so, with jobs that wait
   * @param told whether it was reported
   */
  private record Stand(@Nullable Instant movedAt, Instant since, boolean told) {}

  private final Supplier<List<Movement>> lanes;
  private final Duration limit;
  private final Clock clock;

  @GuardedBy("this")
  private final Map<String, Stand> stands = new HashMap<>();

  /**
   * It has seen nothing yet.
   *
   * @param limit how long a lane may stand still before it is reported
   */
  public Watchdog(Supplier<List<Movement>> lanes, Duration limit, Clock clock) {
    this.lanes = lanes;
    this.limit = limit;
    this.clock = clock;
  }

  /** Looks at every lane; to be called every now and then. */
  public void look() {
    try {
      lanes.get().forEach(this::look);
    } catch (RuntimeException | Error e) {
      log.error("Nobody could see whether the lanes get on", e);
    }
  }

  private synchronized void look(Movement lane) {
    Instant now = clock.instant();
    @Nullable Stand before = stands.get(lane.lane());
    if (before == null || lane.waitsFor() == null || !stands(lane, before)) {
      stands.put(lane.lane(), new Stand(lane.movedAt(), now, false));
      if (before != null && before.told()) {
        log.info("Lane {} gets on again; it had stood since {}", lane.lane(), before.since());
      }
    } else if (!before.told() && before.since().plus(limit).isBefore(now)) {
      stands.put(lane.lane(), new Stand(before.movedAt(), before.since(), true));
      log.warn(
          "Lane {} stands since {}: it waits for {}", lane.lane(), before.since(), lane.waitsFor());
    }
  }

  private static boolean stands(Movement lane, Stand before) {
    return Objects.equals(lane.movedAt(), before.movedAt());
  }

  /** For how long a lane has stood still; nothing while it gets on or may stand. */
  public synchronized Duration stalled(String lane) {
    @Nullable Stand stand = stands.get(lane);
    return stand == null || !stand.told()
        ? Duration.ZERO
        : Duration.between(stand.since(), clock.instant());
  }
}
