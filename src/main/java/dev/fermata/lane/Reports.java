package dev.fermata.lane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.job.Event;
import dev.fermata.job.Event.Chunk;
import dev.fermata.job.Event.Progressed;
import dev.fermata.job.Fact.Reported;
import dev.fermata.job.JobId;
import dev.fermata.job.Progress;
import dev.fermata.journal.Journal;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Stale;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one attempt tells its watchers, on its way to the journal: in order, one append after the
 * other, and what comes meanwhile waits for the next. Safe for use by many threads.
 */
final class Reports {

  private static final Logger log = LoggerFactory.getLogger(Reports.class);

  /** The most that waits, in items and in characters; one item may be greater. */
  static final int ITEMS = 1000;

  static final int CHARS = 1_000_000;

  /** How long progress waits for more to go with it, so that a short job makes no commit for it. */
  private static final Duration UNHURRIED = Duration.ofMillis(100);

  private final JobId id;
  private final int attempt;
  private final Journal journal;
  private final Patience patience;
  private final Clock clock;
  private final Lock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  @GuardedBy("lock")
  private Deque<Event.What> waiting = new ArrayDeque<>();

  @GuardedBy("lock")
  private int chars;

  @GuardedBy("lock")
  private @Nullable Instant heardAt;

  @GuardedBy("lock")
  private boolean storing;

  @GuardedBy("lock")
  private boolean closed;

  @GuardedBy("lock")
  private @Nullable JournalUnavailable givenUp;

  Reports(JobId id, int attempt, Journal journal, Patience patience, Clock clock) {
    this.id = id;
    this.attempt = attempt;
    this.journal = journal;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Adds a chunk; waits for the disk while too much is on its way there.
   *
   * @throws IllegalStateException after {@link #close}
   */
  void chunk(Chunk chunk) {
    lock.lock();
    try {
      awaitRoom(chunk.text().length());
      if (closed) {
        throw new IllegalStateException(
            "the handler of job " + id + " has returned: nothing more is given out");
      }
      add(chunk, chunk.text().length());
    } finally {
      lock.unlock();
    }
  }

  /** Adds how far the work has come, in place of one that is the last and still waits. */
  void progress(Progress progress) {
    lock.lock();
    try {
      if (!closed && waiting.peekLast() instanceof Progressed) {
        waiting.removeLast();
      } else {
        awaitRoom(0);
      }
      if (!closed) {
        add(new Progressed(progress), 0);
      }
    } finally {
      lock.unlock();
    }
  }

  /** When something was last added; null when nothing was. */
  @Nullable Instant heardAt() {
    lock.lock();
    try {
      return heardAt;
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing is added. */
  void close() {
    lock.lock();
    try {
      closed = true;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes, and takes what still waits, once everything before it is durable.
   *
   * @throws JournalUnavailable when that can't be stored and nobody waits any longer
   */
  List<Event.What> rest() {
    lock.lock();
    try {
      close();
      while (storing && givenUp == null) {
        moved.awaitUninterruptibly();
      }
      if (givenUp != null) {
        throw givenUp;
      }
      return take();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void awaitRoom(int more) {
    while (!closed && givenUp == null && full(more)) {
      moved.awaitUninterruptibly();
    }
    if (givenUp != null) {
      throw givenUp;
    }
  }

  @GuardedBy("lock")
  private boolean full(int more) {
    return waiting.size() >= ITEMS || (chars + more > CHARS && !waiting.isEmpty());
  }

  @GuardedBy("lock")
  private void add(Event.What what, int length) {
    waiting.add(what);
    heardAt = clock.instant();
    chars += length;
    moved.signalAll();
    if (!storing) {
      Thread.ofVirtual().name("reports-" + id).start(this::store);
      storing = true;
    }
  }

  @GuardedBy("lock")
  private List<Event.What> take() {
    List<Event.What> all = List.copyOf(waiting);
    waiting = new ArrayDeque<>();
    chars = 0;
    moved.signalAll();
    return all;
  }

  /** Appends until nothing waits; what waits when the handler has returned goes with the end. */
  private void store() {
    try {
      for (List<Event.What> next = next(); !next.isEmpty(); next = next()) {
        store(new Reported(id, attempt, clock.instant(), next));
      }
    } catch (RuntimeException | Error e) {
      log.error("Job {}: reports could not be stored; what waits goes with the end", id, e);
    } finally {
      stored();
    }
  }

  /** Nobody may wait for this thread for ever. */
  private void stored() {
    lock.lock();
    try {
      storing = false;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private List<Event.What> next() {
    lock.lock();
    try {
      awaitUrgent();
      storing = !closed && givenUp == null && !waiting.isEmpty();
      moved.signalAll();
      return storing ? take() : List.of();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void awaitUrgent() {
    try {
      long left = UNHURRIED.toNanos();
      while (!closed && givenUp == null && left > 0 && onlyProgress()) {
        left = moved.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts who stores reports", e);
    }
  }

  @GuardedBy("lock")
  private boolean onlyProgress() {
    return waiting.size() == 1 && waiting.peek() instanceof Progressed;
  }

  private void store(Reported reported) {
    try {
      patience.insist(
          () -> {
            Commits.await(journal.append(reported));
            return reported;
          });
    } catch (JournalUnavailable e) {
      giveUp(e);
    } catch (Stale e) {
      log.warn("The journal refused reports: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("Job {}: reports could not be stored and are lost", id, e);
    }
  }

  private void giveUp(JournalUnavailable refusal) {
    lock.lock();
    try {
      givenUp = refusal;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
