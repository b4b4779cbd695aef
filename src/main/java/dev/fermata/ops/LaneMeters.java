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
      backlog(view.lane(), registry);
      Gauge.builder("fermata.lane.stalled", watchdog, it -> seconds(it.stalled(view.lane())))
          .tag("lane", view.lane())
          .baseUnit("seconds")
          .description(
              "how long nothing has moved although jobs wait, once the watchdog has reported it;"
                  + " else 0")
          .register(registry);
    }
    Gauge.builder("fermata.journal.paused", patience, it -> since(it.waitingSince().orElse(null)))
        .baseUnit("seconds")
        .description("how long lanes have paused because nothing can be stored, 0 while they don't")
        .register(registry);
  }

  private void backlog(String lane, MeterRegistry registry) {
    gauge("fermata.backlog.waiting", lane, LaneView::waiting)
        .baseUnit("jobs")
        .description("jobs that wait")
        .register(registry);
    gauge("fermata.backlog.running", lane, LaneView::running)
        .baseUnit("jobs")
        .description("jobs that run")
        .register(registry);
    gauge("fermata.backlog.capacity", lane, LaneView::capacity)
        .baseUnit("jobs")
        .description("how many may wait")
        .register(registry);
    gauge("fermata.backlog.oldest", lane, this::oldest)
        .baseUnit("seconds")
        .description("how long the oldest job in line has waited, 0 for none")
        .register(registry);
  }

  private double oldest(LaneView view) {
    return since(view.oldestWaitingSince());
  }

  private double since(@Nullable Instant begin) {
    return begin == null ? 0 : Math.max(0, seconds(Duration.between(begin, clock.instant())));
  }

  private Gauge.Builder<Lanes> gauge(String name, String lane, ToDoubleFunction<LaneView> figure) {
    return Gauge.builder(name, lanes, all -> figure.applyAsDouble(view(all, lane)))
        .tag("lane", lane);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static LaneView view(Lanes lanes, String lane) {
    return lanes.views().stream().filter(it -> it.lane().equals(lane)).findFirst().orElseThrow();
  }
}
