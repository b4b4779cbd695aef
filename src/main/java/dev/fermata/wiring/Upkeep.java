package dev.fermata.wiring;

import dev.fermata.lane.Watchdog;
import dev.fermata.retention.Retention;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * What the server does beside its jobs: it begins once they are recovered, and ends when the lanes
 * have come to rest.
 */
@Component
final class Upkeep implements SmartLifecycle {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Retention retention;
  private final Watchdog watchdog;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("watchdog").factory());
  private volatile boolean running;

  Upkeep(Retention retention, Watchdog watchdog) {
    this.retention = retention;
    this.watchdog = watchdog;
  }

  @Override
  public void start() {
    running = true;
    retention.start();
    long millis = BETWEEN_LOOKS.toMillis();
    var _ = timer.scheduleWithFixedDelay(watchdog::look, 0, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    timer.shutdownNow();
    retention.close();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return StartOfWork.PHASE + 1;
  }
}
