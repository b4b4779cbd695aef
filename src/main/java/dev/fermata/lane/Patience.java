package dev.fermata.lane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.journal.JournalUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what the journal refuses, until it succeeds: a worker waits here while the disk is
 * full, with the finished outcome in its hands. An interrupt does not cut that short and stays
 * pending. Safe for use by many threads.
 */
public final class Patience {

  private static final Logger log = LoggerFactory.getLogger(Patience.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Clock clock;
  private final Lock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  @GuardedBy("lock")
  private @Nullable Instant waitingSince;

  /** Why; null while it works. */
  @GuardedBy("lock")
  private @Nullable String refusal;

  /** How many threads wait. */
  @GuardedBy("lock")
  private int waiting;

  @GuardedBy("lock")
  private boolean givenUp;

  public Patience(Clock clock) {
    this.clock = clock;
  }

  /**
   * The value, as soon as the journal yields it.
   *
   * @throws JournalUnavailable the last refusal, after {@link #giveUp}
   */
  <T extends @Nullable Object> T insist(Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (JournalUnavailable e) {
      return wait(attempt, e);
    }
  }

  private <T extends @Nullable Object> T wait(Supplier<T> attempt, JournalUnavailable refusal) {
    boolean interrupted = false;
    arrive(refusal);
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        interrupted |= pause(refusal);
        try {
          return attempt.get();
        } catch (JournalUnavailable again) {
          refusal = again;
        }
      }
    } finally {
      leave();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Since when the journal refuses; empty while it works. */
  public Optional<Instant> waitingSince() {
    lock.lock();
    try {
      return Optional.ofNullable(waitingSince);
    } finally {
      lock.unlock();
    }
  }

  /** Why the journal refuses, and since when, in words; empty while it works. */
  Optional<String> inWords() {
    lock.lock();
    try {
      return Optional.ofNullable(refusal)
          .map(why -> "the journal, which refuses since " + waitingSince + ": " + why);
    } finally {
      lock.unlock();
    }
  }

  /** The server stops: nobody waits here any longer. */
  public void giveUp() {
    lock.lock();
    try {
      givenUp = true;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether {@link #giveUp} was called. */
  boolean hasGivenUp() {
    lock.lock();
    try {
      return givenUp;
    } finally {
      lock.unlock();
    }
  }

  private void arrive(JournalUnavailable refusal) {
    lock.lock();
    try {
      this.refusal = refusal.getMessage();
      if (waiting++ == 0) {
        waitingSince = clock.instant();
        log.error("The lane pauses until the journal works again: {}", refusal.getMessage());
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      if (--waiting == 0) {
        log.info("The lane goes on; the journal had refused since {}", waitingSince);
        waitingSince = null;
        refusal = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns whether an interrupt came meanwhile, which is for the caller and not for the pause.
   *
   * @throws JournalUnavailable the refusal, when nobody may wait any longer
   */
  private boolean pause(JournalUnavailable refusal) {
    lock.lock();
    try {
      long left = PAUSE.toNanos();
      while (!givenUp && left > 0) {
        left = ended.awaitNanos(left);
      }
      if (givenUp) {
        throw refusal;
      }
      return false;
    } catch (InterruptedException e) {
      return true;
    } finally {
      lock.unlock();
    }
  }
}
