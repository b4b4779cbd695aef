package dev.fermata.lane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.IdempotencyKey;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionId;
import dev.fermata.job.Submission;
import dev.fermata.journal.Journal;
import dev.fermata.journal.Room;
import dev.fermata.journal.Stale;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets submissions into one lane: who comes is decided under the lanes' lock, and is durable with
 * what it does to the job that has the session, or not at all. Safe for use by many threads.
 */
final class Intake {

  @GuardedBy("holds")
  private final Line line;

  private final Holds holds;
  private final Journal journal;
  private final Acceptances acceptances;
  private final Turns turns;
  private final Due due;
  private final Room room;
  private final Testimony testimony;
  private final Clock clock;

  Intake(
      Line line,
      Holds holds,
      Journal journal,
      Acceptances acceptances,
      Turns turns,
      Due due,
      Room room,
      Testimony testimony,
      Clock clock) {
    this.line = line;
    this.holds = holds;
    this.journal = journal;
    this.acceptances = acceptances;
    this.turns = turns;
    this.due = due;
    this.room = room;
    this.testimony = testimony;
    this.clock = clock;
  }

  /** See {@link Lanes#submit}. */
  Acceptance accept(Submission submission, OnBusy onBusy, @Nullable IdempotencyKey key) {
    room.require();
    var arrival = new CompletableFuture<Standing>();
    Job job;
    CompletableFuture<Void> commit;
    synchronized (holds) {
      line.requireRoom();
      requireFree(submission.session(), onBusy);
      holds.queued().requireQuota(submission.owner(), submission.session());
      job = acceptances.accept(submission);
      commit = append(job, onBusy, key, arrival);
    }
    try {
      Commits.await(commit);
    } catch (Stale e) {
      if (key != null) {
        throw e; // by now it may have been used
      }
      return accept(submission, onBusy, null); // the one to be superseded ended just before
    }
    testimony.submitted(job);
    return new Acceptance(job, arrival.join());
  }

  @GuardedBy("holds")
  private void requireFree(@Nullable SessionId session, OnBusy onBusy) {
    @Nullable JobId unfinished = onBusy == OnBusy.REJECT ? holds.unfinished(session) : null;
    if (session != null && unfinished != null) {
      throw new Refused.SessionBusy(session, unfinished);
    }
  }

  @GuardedBy("holds")
  private CompletableFuture<Void> append(
      Job job, OnBusy onBusy, @Nullable IdempotencyKey key, CompletableFuture<Standing> arrival) {
    @Nullable SessionId session = job.submission().session();
    @Nullable Attempt superseded = onBusy.supersedes() ? holds.holder(session) : null;
    Submission submission = job.submission();
    long place = place(job, onBusy);
    var waiting =
        new Waiting(
            job.id(),
            submission.kind(),
            line.name(),
            place,
            place,
            submission.owner(),
            session,
            0,
            job.submittedAt(),
            job.submittedAt(),
            submission.notBefore());
    line.arrives(waiting);
    holds.add(waiting);
    return journal
        .append(
            facts(new Accepted(job, waiting.place(), key), superseded),
            () -> {
              arrival.complete(arrived(waiting, onBusy));
              stop(superseded, onBusy);
            })
        .whenComplete((durable, refusal) -> notArrived(waiting, refusal));
  }

  @GuardedBy("holds")
  private long place(Job job, OnBusy onBusy) {
    @Nullable SessionId session = job.submission().session();
    if (session == null || !onBusy.supersedes()) {
      return job.place();
    }
    @Nullable Long first = due.firstTurn(session, line.name());
    return first == null ? job.place() : holds.freeBefore(session, first);
  }

  private List<Fact.OfJob> facts(Accepted accepted, @Nullable Attempt superseded) {
    return superseded == null
        ? List.of(accepted)
        : List.of(accepted, new CancelAsked(superseded.id(), Reason.SUPERSEDED, clock.instant()));
  }

  private Standing arrived(Waiting job, OnBusy onBusy) {
    synchronized (holds) {
      Standing standing = line.arrived(job, clock.instant());
      if (onBusy.supersedes()) {
        due.gather(job); // it passes those that wait already, and may not be due
      }
      turns.call();
      return standing;
    }
  }

  private void stop(@Nullable Attempt superseded, OnBusy onBusy) {
    if (superseded != null) {
      superseded.reached(Milestone.CANCEL_ASKED, clock.instant());
      boolean discards = onBusy == OnBusy.ROLLBACK;
      superseded.token().stop(new StopCause.Cancel(Reason.SUPERSEDED, discards));
    }
  }

  private void notArrived(Waiting job, @Nullable Throwable refusal) {
    if (refusal != null) {
      synchronized (holds) {
        line.notArrived(job);
        holds.remove(job);
      }
    }
  }
}
