package dev.fermata.chaos;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits, with a bound, for what will be true soon. */
final class Eventually {

  /** What may be asked again after it failed. */
  interface Condition {
    boolean holds() throws Exception;
  }

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(10);

  private Eventually() {}

  static void holds(String what, Condition condition) {
    long start = System.nanoTime();
    while (!now(condition)) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private static boolean now(Condition condition) {
    try {
      return condition.holds();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
