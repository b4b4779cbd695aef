package dev.fermata.wiring;

import dev.fermata.feed.Feed;
import dev.fermata.lane.Lanes;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sends away whoever watches and stops the lanes, first of all, so that clients can still look and
 * cancel while they come to rest; also in a start that fails after they began, as when the port is
 * taken.
 */
@Component
final class EndOfWork implements SmartLifecycle {

  private final Feed feed;
  private final Lanes lanes;
  private final FermataSettings settings;
  private volatile boolean running;

  EndOfWork(Feed feed, Lanes lanes, FermataSettings settings) {
    this.feed = feed;
    this.lanes = lanes;
    this.settings = settings;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    feed.close(); // whoever watches must not wait for the grace, and can come back
    try {
      lanes.stop(settings.grace(), settings.killGrace());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
