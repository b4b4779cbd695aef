package dev.fermata.lane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionId;
import dev.fermata.journal.Journal;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Room;
import dev.fermata.journal.Stale;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is: makes ends and starts durable and lets the worker run one job after another.
 * The executor gets the same task again and again, "run what waits", and never more of them than
 * there are workers.
 */
final class Turns {

  private static final Logger log = LoggerFactory.getLogger(Turns.class);

  @GuardedBy("holds")
  private final Line line;

  private final Holds holds;
  private final Journal journal;
  private final Worker worker;
  private final ExecutorService executor;
  private final Room room;
  private final Patience patience;
  private final Clock clock;

  /**
   * Nobody's turn yet.
   *
   * @param executor as many threads as the line has workers, used by nobody else
   */
  Turns(
      Line line,
      Holds holds,
      Journal journal,
      Worker worker,
      ExecutorService executor,
      Room room,
      Patience patience,
      Clock clock) {
    this.line = line;
    this.holds = holds;
    this.journal = journal;
    this.worker = worker;
    this.executor = executor;
    this.room = room;
    this.patience = patience;
    this.clock = clock;
  }

  /** Calls a worker if there is work for one, unless all are at work. */
  void call() {
    synchronized (holds) {
      if (line.called()) {
        executor.execute(this::work);
      }
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

  /** What a worker does from its call until there is no work. */
  private void work() {
    do {
      runWhatWaits();
    } while (!rests());
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
    try {
      @Nullable Attempt attempt = announce(null);
      while (attempt != null) {
        attempt = announce(worker.run(attempt));
      }
    } catch (RuntimeException | Error e) {
      log.error("A worker gave up on its job; the next start of the server recovers it", e);
    }
  }

  /** Makes the end of one attempt and the start of the next durable, in one commit. */
  private @Nullable Attempt announce(@Nullable End end) {
    try {
      if (!hasRoom()) {
        return announceInTurn(end);
      }
      return patience.insist(() -> store(end, true));
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
      patience.insist(() -> store(end, false));
    } catch (Stale e) {
      if (end.handsBack()
          && end.attempt().token().delivered() instanceof StopCause.Cancel(Reason reason, var no)) {
        announceAlone(end.cancelled(reason, clock.instant()));
      } else if (end.saves()) {
        log.warn("Job {}: its session has changed: {}", end.attempt().id(), e.getMessage());
        announceAlone(end.sessionChanged());
      } else {
        settle(end);
      }
    }
  }

  private @Nullable Attempt store(@Nullable End end, boolean takesNext) {
    @Nullable Attempt next;
    CompletableFuture<Void> commit;
    synchronized (holds) {
      Instant now = clock.instant();
      next = takesNext ? take(end == null ? null : end.attempt(), now) : null;
      List<Fact.OfJob> facts = facts(end, next, now);
      if (facts.isEmpty()) {
        return null;
      }
      commit =
          journal
              .append(facts, () -> stored(end, next))
              .whenComplete((durable, refusal) -> notStarted(end, next, refusal));
    }
    Commits.await(commit);
    return next;
  }

  private static List<Fact.OfJob> facts(@Nullable End end, @Nullable Attempt next, Instant now) {
    Stream<Fact.OfJob> ends = end == null ? Stream.of() : end.facts(now);
    Stream<Fact.OfJob> starts =
        next == null ? Stream.of() : Stream.of(new Started(next.id(), next.number(), now));
    return Stream.concat(ends, starts).toList();
  }

  /** Takes the next job whose session is free, or becomes so with the one that ends. */
  @GuardedBy("holds")
  private @Nullable Attempt take(@Nullable Attempt ending, Instant now) {
    if (ending != null && ending.session() != null) {
      line.unblock(ending.session());
    }
    for (var job = line.next(); job != null; job = line.next()) {
      var reports = new Reports(job.id(), Attempt.next(job), journal, patience, clock);
      var attempt = new Attempt(job, now, reports);
      if (job.session() == null || holds.hold(attempt, ending, this)) {
        line.take(attempt);
        return attempt;
      }
      line.block(job.session());
    }
    return null;
  }

  private void stored(@Nullable End end, @Nullable Attempt next) {
    if (end != null) {
      settle(end);
    }
    if (next != null) {
      synchronized (holds) {
        line.started(next);
        holds.queued().remove(next.waitingBefore());
      }
    }
  }

  /** A job whose start alone was refused as stale is not what the line took it for: it is left. */
  private void notStarted(@Nullable End end, @Nullable Attempt next, @Nullable Throwable refusal) {
    if (next == null || refusal == null) {
      return;
    }
    synchronized (holds) {
      if (end == null && refusal instanceof Stale) {
        line.forget(next);
        holds.remove(next.waitingBefore());
      } else {
        line.untake(next);
      }
      holds.giveBack(next, end == null ? null : end.attempt());
    }
  }

  private void settle(End end) {
    Attempt attempt = end.attempt();
    synchronized (holds) {
      if (end.handsBack()) {
        line.handedBack(attempt);
      } else {
        line.ended(attempt, clock.instant());
        holds.remove(attempt.waitingBefore());
      }
      holds.release(attempt);
    }
    log.info("{}", end.inWords());
    attempt.ended().complete(null);
  }
}
