package dev.fermata.ops;

import dev.fermata.lane.LaneView;
import dev.fermata.lane.Lanes;
import dev.fermata.lane.Patience;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the workers can work, and what they are at. */
@Component
final class WorkerHealthIndicator implements HealthIndicator {

  private final Lanes lanes;
  private final Patience patience;
  private final Clock clock;

  WorkerHealthIndicator(Lanes lanes, Patience patience, Clock clock) {
    this.lanes = lanes;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Optional<Instant> paused = patience.waitingSince();
    Health.Builder health = lanes.alive() && paused.isEmpty() ? Health.up() : Health.down();
    health
        .withDetail("alive", lanes.alive())
        .withDetail("running", lanes.views().stream().mapToInt(LaneView::running).sum())
        .withDetail("waiting", lanes.views().stream().mapToInt(LaneView::waiting).sum());
    paused.ifPresent(since -> health.withDetail("pausedSince", since.toString()));
    lanes
        .runningSince()
        .map(since -> Duration.between(since, clock.instant()).toSeconds())
        .ifPresent(age -> health.withDetail("runningSeconds", age));
    return health.build();
  }
}
