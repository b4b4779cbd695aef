package dev.fermata.lane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks one running job to stop, with a cause. It is aimed at the handler only: between {@link #arm}
 * and {@link #settle} a stop is delivered as one interrupt of the worker's thread; before, it
 * waits; after, it comes too late. So neither the opening, nor the closing, nor the next job is
 * ever hit.
 */
final class CancelToken {

  private enum Phase {
    OPENING,
    ARMED,
    SETTLED
  }

  private final Lock lock = new ReentrantLock();

  @GuardedBy("lock")
  private Phase phase = Phase.OPENING;

  @GuardedBy("lock")
  private @Nullable Thread target;

  @GuardedBy("lock")
  private @Nullable StopCause cause;

  @GuardedBy("lock")
  private boolean delivered;

  @GuardedBy("lock")
  private boolean discards;

  /**
   * Opens the stretch that can be stopped, for the calling thread.
   *
   * @return false when a stop came before: it counts as delivered, and the handler must not run
   */
  boolean arm() {
    lock.lock();
    try {
      delivered = cause != null;
      phase = delivered ? Phase.SETTLED : Phase.ARMED;
      target = Thread.currentThread();
      return !delivered;
    } finally {
      lock.unlock();
    }
  }

  /** Asks the job to stop. The first cause stays, but for a hand-back, which any other replaces. */
  void stop(StopCause because) {
    lock.lock();
    try {
      if (phase == Phase.SETTLED && !delivered) {
        return;
      }
      if (cause == null || cause instanceof StopCause.HandBack) {
        cause = because;
      }
      discards |= because.discards();
      if (phase == Phase.ARMED && !delivered && target != null) {
        delivered = true;
        target.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the stretch that can be stopped. The worker's thread leaves with no interrupt pending; any
   * other thread may say first that the work has ended.
   *
   * @return whether the work ended by itself, before any stop was delivered
   */
  boolean settle() {
    lock.lock();
    try {
      phase = Phase.SETTLED;
      if (Thread.currentThread().equals(target)) {
        Thread.interrupted();
      }
      return !delivered;
    } finally {
      lock.unlock();
    }
  }

  /** Why the job was stopped; null when no stop was delivered. */
  @Nullable StopCause delivered() {
    lock.lock();
    try {
      return delivered ? cause : null;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a stop, not necessarily the first, discards what the job did to its session. */
  boolean discards() {
    lock.lock();
    try {
      return delivered && discards;
    } finally {
      lock.unlock();
    }
  }
}
