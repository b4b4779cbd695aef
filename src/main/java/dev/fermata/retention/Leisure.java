package dev.fermata.retention;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets work that has time go on in small steps: after each it rests as long as the step took, so
 * that whoever waits for the journal or the disk never waits behind more than one. Safe for use by
 * many threads.
 */
final class Leisure {

  private final Lock lock = new ReentrantLock();
  private final Condition over = lock.newCondition();

  @GuardedBy("lock")
  private boolean ended;

  /** One step; answers whether there may be more to do. */
  interface Step {
    boolean take();
  }

  /** Takes steps until nothing is left to do, or until the end. */
  void walk(Step step) {
    boolean more = goesOn(0);
    while (more) {
      long start = System.nanoTime();
      more = step.take() && goesOn(System.nanoTime() - start);
    }
  }

  /** One step alone; answers whether there may be another. */
  boolean take(Runnable step) {
    long start = System.nanoTime();
    step.run();
    return goesOn(System.nanoTime() - start);
  }

  /** Returns after this time with true, or at the end with false. */
  boolean goesOn(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (!ended && left > 0) {
        left = over.awaitNanos(left);
      }
      return !ended;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts who sweeps", e);
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      over.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
