package dev.fermata.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server that was started from an image, and its health check. */
record Container(String port, Process server, Command healthcheck) implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(50);

  boolean healthy() throws IOException {
    return healthcheck.run().code() == 0;
  }

  /** Waits until it is healthy; false if it ends before. */
  boolean becomesHealthy() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (server.isAlive() && System.nanoTime() < end) {
      if (healthy()) {
        return true;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return false;
  }

  /** Asks it to stop (SIGTERM), and returns how it ended. */
  int stop() throws InterruptedException {
    server.destroy();
    if (!server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still runs after " + PATIENCE);
    }
    return server.exitValue();
  }

  @Override
  public void close() {
    server.destroyForcibly().onExit().join();
  }
}
