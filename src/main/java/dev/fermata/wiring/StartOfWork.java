package dev.fermata.wiring;

import dev.fermata.journal.Recovery;
import dev.fermata.lane.Lanes;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.DependsOn;
import org.springframework.stereotype.Component;

/** Ends the recovery and lets the lanes begin, before the port opens. */
@Component
@DependsOn("endOfWork") // so that what began is ended when the start fails later
final class StartOfWork implements SmartLifecycle {

  /** The web server starts far above this phase. */
  static final int PHASE = 0;

  private final Recovery recovery;
  private final Lanes lanes;
  private volatile boolean running;

  StartOfWork(Recovery recovery, Lanes lanes) {
    this.recovery = recovery;
    this.lanes = lanes;
  }

  @Override
  public void start() {
    recovery.finish();
    lanes.begin();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
