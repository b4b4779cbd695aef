package dev.fermata.ops;

import dev.fermata.lane.LaneView;
import dev.fermata.lane.Lanes;
import dev.fermata.lane.Movement;
import dev.fermata.lane.Patience;
import dev.fermata.lane.Watchdog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the workers can work, and what they are at. */
@Component
final class WorkerHealthIndicator implements HealthIndicator {

  private final Lanes lanes;
  private final Patience patience;
  private final Watchdog watchdog;
  private final Clock clock;

  WorkerHealthIndicator(Lanes lanes, Patience patience, Watchdog watchdog, Clock clock) {
    this.lanes = lanes;
    this.patience = patience;
    this.watchdog = watchdog;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Optional<Instant> paused = patience.waitingSince();
    List<Movement> movements = lanes.movements();
    boolean works = movements.stream().allMatch(lane -> lane.gaveUp() == null);
    Health.Builder health =
        lanes.alive() && paused.isEmpty() && works ? Health.up() : Health.down();
    health
        .withDetail("alive", lanes.alive())
        .withDetail("running", lanes.views().stream().mapToInt(LaneView::running).sum())
        .withDetail("waiting", lanes.views().stream().mapToInt(LaneView::waiting).sum());
    paused.ifPresent(since -> health.withDetail("pausedSince", since.toString()));
    lanes
        .runningSince()
        .map(since -> Math.max(0, Duration.between(since, clock.instant()).toSeconds()))
        .ifPresent(age -> health.withDetail("runningSeconds", age));
    var byLane = new LinkedHashMap<String, Map<String, Object>>();
    movements.forEach(lane -> byLane.put(lane.lane(), detail(lane)));
    return health.withDetail("lanes", byLane).build();
  }

  /** Long jobs are legal: what a lane waits for is no failure by itself. */
  private Map<String, Object> detail(Movement lane) {
    var detail = new LinkedHashMap<String, Object>();
    putIfKnown(detail, "movedAt", lane.movedAt());
    putIfKnown(detail, "waitsFor", lane.waitsFor());
    putIfKnown(detail, "gaveUp", lane.gaveUp());
    detail.put("stalledSeconds", watchdog.stalled(lane.lane()).toSeconds());
    return detail;
  }

  private static void putIfKnown(Map<String, Object> detail, String name, @Nullable Object value) {
    if (value != null) {
      detail.put(name, value.toString());
    }
  }
}
