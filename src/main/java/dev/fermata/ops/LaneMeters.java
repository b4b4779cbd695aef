package dev.fermata.ops;

import dev.fermata.lane.LaneView;
import dev.fermata.lane.Lanes;
import dev.fermata.lane.Patience;
import dev.fermata.lane.Watchdog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How many jobs wait and run, for how long they did and none moved, for each lane; and for how long
 * lanes pause because nothing can be stored.
 */
@Component
final class LaneMeters implements MeterBinder {

  private final Lanes lanes;
  private final Watchdog watchdog;
  private final Patience patience;
  private final Clock clock;

  LaneMeters(Lanes lanes, Watchdog watchdog, Patience patience, Clock clock) {
    this.lanes = lanes;
    this.watchdog = watchdog;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (LaneView view : lanes.views()) {
      gauge(registry, "fermata.backlog.waiting", "jobs", view.lane(), LaneView::waiting);
      gauge(registry, "fermata.backlog.running", "jobs", view.lane(), LaneView::running);
      gauge(registry, "fermata.backlog.capacity", "jobs", view.lane(), LaneView::capacity);
      gauge(registry, "fermata.backlog.oldest", "seconds", view.lane(), this::oldest);
      Gauge.builder("fermata.lane.stalled", watchdog, it -> seconds(it.stalled(view.lane())))
          .tag("lane", view.lane())
          .baseUnit("seconds")
          .register(registry);
    }
    Gauge.builder("fermata.journal.paused", patience, it -> since(it.waitingSince().orElse(null)))
        .baseUnit("seconds")
        .register(registry);
  }

  private double oldest(LaneView view) {
    return since(view.oldestWaitingSince());
  }

  private double since(@Nullable Instant begin) {
    return begin == null ? 0 : Math.max(0, seconds(Duration.between(begin, clock.instant())));
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String unit,
      String lane,
      ToDoubleFunction<LaneView> figure) {
    Gauge.builder(name, lanes, all -> figure.applyAsDouble(view(all, lane)))
        .tag("lane", lane)
        .baseUnit(unit)
        .register(registry);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static LaneView view(Lanes lanes, String lane) {
    return lanes.views().stream().filter(it -> it.lane().equals(lane)).findFirst().orElseThrow();
  }
}
