package dev.fermata.ops;

import dev.fermata.lane.LaneView;
import dev.fermata.lane.Lanes;
import dev.fermata.lane.Watchdog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** How many jobs wait and run, and for how long none moved, for each lane. */
@Component
final class LaneMeters implements MeterBinder {

  private final Lanes lanes;
  private final Watchdog watchdog;

  LaneMeters(Lanes lanes, Watchdog watchdog) {
    this.lanes = lanes;
    this.watchdog = watchdog;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (LaneView view : lanes.views()) {
      gauge(registry, "fermata.backlog.waiting", view.lane(), LaneView::waiting);
      gauge(registry, "fermata.backlog.running", view.lane(), LaneView::running);
      Gauge.builder("fermata.lane.stalled", watchdog, it -> seconds(it.stalled(view.lane())))
          .tag("lane", view.lane())
          .baseUnit("seconds")
          .register(registry);
    }
  }

  private void gauge(
      MeterRegistry registry, String name, String lane, ToDoubleFunction<LaneView> figure) {
    Gauge.builder(name, lanes, all -> figure.applyAsDouble(view(all, lane)))
        .tag("lane", lane)
        .baseUnit("jobs")
        .register(registry);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static LaneView view(Lanes lanes, String lane) {
    return lanes.views().stream().filter(it -> it.lane().equals(lane)).findFirst().orElseThrow();
  }
}
