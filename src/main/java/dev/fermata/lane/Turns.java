package dev.fermata.lane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionId;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Room;
import dev.fermata.journal.Stale;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is: has ends and starts made durable and lets the worker run one job after another.
 * The executor gets the same task again and again, "run what waits", and never more of them than
 * there are workers.
 */
final class Turns {

  private static final Logger log = LoggerFactory.getLogger(Turns.class);

  @GuardedBy("holds")
  private final Line line;

  @GuardedBy("holds")
  private @Nullable String gaveUp;

  private final Holds holds;
  private final Handover handover;
  private final Due due;
  private final Worker worker;
  private final ExecutorService executor;
  private final Room room;
  private final Patience patience;

  /**
   * Nobody's turn yet.
   *
   * @param executor as many threads as the line has workers, used by nobody else
   */
  Turns(
      Line line,
      Holds holds,
      Handover handover,
      Due due,
      Worker worker,
      ExecutorService executor,
      Room room,
      Patience patience) {
    this.line = line;
    this.holds = holds;
    this.handover = handover;
    this.due = due;
    this.worker = worker;
    this.executor = executor;
    this.room = room;
    this.patience = patience;
  }

  /** The line has changed: calls a worker if there is work for one, unless all are at work. */
  void call() {
    synchronized (holds) {
      if (line.called()) {
        executor.execute(this::work);
      }
      due.look();
    }
  }

  /** Puts a job in line, or parks it with the turns behind it on its session. */
  void admit(Waiting job) {
    synchronized (holds) {
      line.restore(job);
      due.gather(job);
      call();
    }
  }

  /** The turn of the first in line of a session; null for none. */
  @Nullable Long firstTurn(SessionId session) {
    synchronized (holds) {
      return line.firstTurn(session);
    }
  }

  /** The first turn of a session that stands behind where it came, because it joined later. */
  @Nullable Long firstTurnThatJoined(SessionId session) {
    synchronized (holds) {
      return line.firstTurnThatJoined(session);
    }
  }

  /** Parks those of a session whose turn comes after this one, and that stand before a place. */
  void park(SessionId session, long turn, long before) {
    synchronized (holds) {
      line.park(session, turn, before);
    }
  }

  /** Calls a worker for each job in line, as long as one comes. */
  void callAll() {
    synchronized (holds) {
      for (int jobs = line.inLine(); jobs > 0 && line.called(); jobs--) {
        executor.execute(this::work);
      }
    }
  }

  /** Whether a turn of its session that comes before a job would stand behind it here. */
  boolean hasEarlierTurnBehind(Waiting job) {
    synchronized (holds) {
      return line.hasEarlierTurnBehind(job);
    }
  }

  /** A session that this lane waited for is free. */
  void freed(SessionId session) {
    synchronized (holds) {
      line.unblock(session);
      call();
    }
  }

  boolean alive() {
    return !executor.isShutdown();
  }

  /** Calls nobody any more; the line drains. */
  void end() {
    executor.shutdown();
  }

  boolean awaitRest(Duration patienceLeft) throws InterruptedException {
    return executor.awaitTermination(patienceLeft.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What a worker does from its call until there is no work, or nobody waits for the journal. */
  private void work() {
    do {
      runWhatWaits();
    } while (!rests() && !patience.hasGivenUp());
  }

  private boolean rests() {
    synchronized (holds) {
      return line.rests();
    }
  }

  private boolean hasWork() {
    synchronized (holds) {
      return line.next() != null;
    }
  }

  private void runWhatWaits() {
    @Nullable Attempt attempt = null;
    try {
      attempt = announce(null);
      while (attempt != null) {
        attempt = announce(worker.run(attempt));
      }
    } catch (RuntimeException | Error e) {
      log.error("A worker gave up on its job; the next start of the server recovers it", e);
      gaveUp(attempt, e);
    }
  }

  private void gaveUp(@Nullable Attempt attempt, Throwable cause) {
    synchronized (holds) {
      gaveUp =
          "a worker gave up on "
              + (attempt == null ? "its job" : "job " + attempt.id())
              + ", which the next start of the server recovers: "
              + cause;
    }
  }

  /** What a worker could not come to an end with; null when there is nothing of the kind. */
  @Nullable String gaveUp() {
    synchronized (holds) {
      return gaveUp;
    }
  }

  /** Makes the end of one attempt and the start of the next durable, in one commit. */
  private @Nullable Attempt announce(@Nullable End end) {
    try {
      if (!hasRoom()) {
        return announceInTurn(end);
      }
      return patience.insist(() -> handover.endAndStart(end, this));
    } catch (Stale e) {
      log.warn("The journal refused an end or a start: {}", e.getMessage());
      if (end != null) {
        announceAlone(end);
      }
      return announce(null);
    }
  }

  private boolean hasRoom() {
    try {
      room.require();
      return true;
    } catch (JournalUnavailable e) {
      return false;
    }
  }

  /** The end at once, and the next start when there is room for what that job will write. */
  private @Nullable Attempt announceInTurn(@Nullable End end) {
    if (end != null) {
      announceAlone(end);
    }
    if (!hasWork()) {
      return null;
    }
    patience.insist(
        () -> {
          room.require();
          return room;
        });
    return announce(null);
  }

  private void announceAlone(End end) {
    try {
      patience.insist(
          () -> {
            handover.end(end);
            return end;
          });
    } catch (Stale e) {
      if (end.retry() != null) {
        announceAlone(end.withoutRetry()); // somebody asked for a cancel just before
      } else if (end.handsBack()
          && end.attempt().token().delivered() instanceof StopCause.Cancel(Reason reason, var no)) {
        announceAlone(end.cancelled(reason));
      } else if (end.saves()) {
        log.warn("Job {}: its session has changed: {}", end.attempt().id(), e.getMessage());
        announceAlone(end.sessionChanged());
      } else {
        handover.settle(end);
      }
    }
  }
}
