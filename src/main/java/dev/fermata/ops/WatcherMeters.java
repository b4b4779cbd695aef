package dev.fermata.ops;

import dev.fermata.feed.Attendance;
import dev.fermata.feed.Feed;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** How many clients watch jobs, and how it was seen that others have gone. */
@Component
final class WatcherMeters implements MeterBinder {

  private final Feed feed;
  private final Attendance attendance;

  WatcherMeters(Feed feed, Attendance attendance) {
    this.feed = feed;
    this.attendance = attendance;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("fermata.watchers", feed, Feed::watches)
        .baseUnit("clients")
        .description("clients that wait for jobs or follow them")
        .register(registry);
    for (Attendance.Seen seen : Attendance.Seen.values()) {
      FunctionCounter.builder("fermata.disconnects", attendance, all -> all.gone(seen))
          .tag("seen", seen.name().toLowerCase(Locale.ROOT))
          .description(
              "clients that went away before their answer ended: seen by probe, or by a write that"
                  + " failed")
          .register(registry);
    }
  }
}
