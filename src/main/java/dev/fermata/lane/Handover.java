package dev.fermata.lane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Retried;
import dev.fermata.job.Fact.Started;
import dev.fermata.journal.Journal;
import dev.fermata.journal.Stale;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From the end of one attempt to the start of the next, in one commit: what the line and the
 * sessions make of them once they are durable. Safe for use by the workers of one lane.
 */
final class Handover {

  @GuardedBy("holds")
  private final Line line;

  private final Holds holds;
  private final Journal journal;
  private final Due due;
  private final Patience patience;
  private final Testimony testimony;
  private final Clock clock;

  /**
   * For one lane.
   *
   * @param patience the one that the worker has
   */
  Handover(
      Line line,
      Holds holds,
      Journal journal,
      Due due,
      Patience patience,
      Testimony testimony,
      Clock clock) {
    this.line = line;
    this.holds = holds;
    this.journal = journal;
    this.due = due;
    this.patience = patience;
    this.testimony = testimony;
    this.clock = clock;
  }

  /**
   * Makes an end durable, and takes the next job; returns its attempt, or null for none.
   *
   * @param end null for none
   * @param lane hears when a session is free that the next job waits for
   */
  @Nullable Attempt endAndStart(@Nullable End end, Turns lane) {
    return store(end, lane);
  }

  /** Makes an end durable. */
  void end(End end) {
    store(end, null);
  }

  private @Nullable Attempt store(@Nullable End end, @Nullable Turns lane) {
    @Nullable Attempt next;
    CompletableFuture<Void> commit;
    synchronized (holds) {
      Instant now = clock.instant();
      next = lane == null ? null : take(passing(end), lane, now);
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
    if (end != null) {
      testimony.ended(Passage.of(end, clock.instant()));
    }
    return next;
  }

  private static List<Fact.OfJob> facts(@Nullable End end, @Nullable Attempt next, Instant now) {
    Stream<Fact.OfJob> ends = end == null ? Stream.of() : end.facts(now);
    Stream<Fact.OfJob> starts =
        next == null ? Stream.of() : Stream.of(new Started(next.id(), next.number(), now));
    return Stream.concat(ends, starts).toList();
  }

  /** The attempt whose session is free once it ends; null when its job is tried again first. */
  private static @Nullable Attempt passing(@Nullable End end) {
    return end == null || end.retry() != null ? null : end.attempt();
  }

  /** Takes the next job whose session is free, or becomes so with the one that ends. */
  @GuardedBy("holds")
  private @Nullable Attempt take(@Nullable Attempt ending, Turns lane, Instant now) {
    if (ending != null && ending.session() != null) {
      line.unblock(ending.session());
    }
    for (var job = line.next(); job != null; job = line.next()) {
      var reports = new Reports(job.id(), Attempt.next(job), journal, patience, clock);
      var attempt = new Attempt(job, now, reports);
      if (job.session() == null || holds.hold(attempt, ending, lane)) {
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
        holds.queued().starts(next.waitingBefore());
        due.look(); // a later turn in another lane may have waited for this start
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

  /** The attempt is over, and so its end is durable, or nobody can store it any more. */
  void settle(End end) {
    Attempt attempt = end.attempt();
    synchronized (holds) {
      if (end.handsBack()) {
        line.handedBack(attempt);
      } else {
        line.ended(attempt, clock.instant());
        waitAgainOrGo(attempt, end.retry());
      }
      holds.release(attempt);
      due.look();
    }
    attempt.ended().complete(null);
  }

  @GuardedBy("holds")
  private void waitAgainOrGo(Attempt attempt, @Nullable Retried retry) {
    if (retry == null) {
      holds.remove(attempt.waitingBefore());
    } else {
      Waiting again = attempt.waitingUntil(retry.dueAt());
      line.restore(again);
      holds.queued().waitsAgain(again);
      due.gather(again);
    }
  }
}
