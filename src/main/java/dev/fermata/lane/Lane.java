package dev.fermata.lane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.IdempotencyKey;
import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.Submission;
import dev.fermata.journal.Journal;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Stale;
import dev.fermata.journal.Unfinished;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One ordered line of jobs. The line alone holds jobs, so that cancel and position touch one
 * structure; {@link Intake} lets them in and {@link Turns} runs them.
 *
 * <p>What changes the line is queued in the journal under the lanes' lock: the order of the line,
 * of the journal and of the starts is one order. Nobody waits for the disk there.
 */
final class Lane {

  @GuardedBy("holds")
  private final Line line;

  private final Holds holds;
  private final Journal journal;
  private final Intake intake;
  private final Turns turns;
  private final Due due;
  private final Testimony testimony;
  private final Clock clock;

  /** An empty lane, whose line is its own and that of its intake and turns. */
  Lane(
      Line line,
      Holds holds,
      Journal journal,
      Intake intake,
      Turns turns,
      Due due,
      Testimony testimony,
      Clock clock) {
    this.line = line;
    this.holds = holds;
    this.journal = journal;
    this.intake = intake;
    this.turns = turns;
    this.due = due;
    this.testimony = testimony;
    this.clock = clock;
  }

  /** See {@link Lanes#submit}. */
  Acceptance submit(Submission submission, OnBusy onBusy, @Nullable IdempotencyKey key) {
    return intake.accept(submission, onBusy, key);
  }

  /** Puts a job at its place, or parks it, without asking for room. */
  void restore(Unfinished job) {
    synchronized (holds) {
      long turn = turn(job);
      var waiting =
          new Waiting(
              job.id(),
              job.kind(),
              line.name(),
              turn,
              job.place() == job.turn() ? turn : job.place(),
              job.owner(),
              job.session(),
              job.attempt(),
              job.submittedAt(),
              job.submittedAt(),
              job.dueAt());
      holds.add(waiting);
      if (due.keepsParked(waiting)) {
        line.park(waiting);
      } else {
        line.restore(waiting);
      }
      due.gather(waiting);
    }
  }

  /** Journals of versions before 0.3 may have given two jobs of a session one turn, over lanes. */
  @GuardedBy("holds")
  private long turn(Unfinished job) {
    return job.session() == null ? job.turn() : holds.freeBefore(job.session(), job.turn() + 1);
  }

  /** Calls the workers for the jobs that were put in line. */
  void begin() {
    turns.callAll();
  }

  /** See {@link Lanes#cancel}. */
  CancelAnswer cancel(JobId id, Reason reason) {
    @Nullable Supplier<CancelAnswer> asked = ask(id, reason);
    return asked == null ? new CancelAnswer.NotInLine() : asked.get();
  }

  /**
   * Asks an unfinished job to stop and does not wait for the disk: what it returns waits, and then
   * says what became of the job. Null when the job is not here.
   */
  @Nullable Supplier<CancelAnswer> ask(JobId id, Reason reason) {
    synchronized (holds) {
      @Nullable CompletableFuture<Void> joining = line.parks(id) ? due.joining(id) : null;
      @Nullable Waiting waiting = joining == null ? line.leave(id) : null;
      @Nullable Attempt attempt = line.attempt(id);
      @Nullable CompletableFuture<Void> leaving = line.leaving(id);
      Supplier<CancelAnswer> again = () -> cancel(id, reason);
      if (joining != null) {
        return after(joining, again, again); // where it stands is not settled
      }
      if (waiting != null) {
        return after(leave(waiting, reason), () -> leftInLine(waiting, reason), again);
      }
      if (leaving != null) {
        return after(leaving, CancelAnswer.Cancelled::new, again);
      }
      return attempt == null
          ? null
          : after(
              askToStop(attempt, reason),
              () -> new CancelAnswer.Cancelling(attempt.ended()),
              again);
    }
  }

  /** What is so once a commit is durable; one that is stale came after an end or a hand-back. */
  private static Supplier<CancelAnswer> after(
      CompletableFuture<Void> commit, Supplier<CancelAnswer> then, Supplier<CancelAnswer> stale) {
    return () -> {
      try {
        Commits.await(commit);
      } catch (Stale e) {
        return stale.get();
      }
      return then.get();
    };
  }

  private CancelAnswer leftInLine(Waiting job, Reason reason) {
    testimony.ended(Passage.inLine(job, reason, clock.instant()));
    return new CancelAnswer.Cancelled();
  }

  @GuardedBy("holds")
  private CompletableFuture<Void> leave(Waiting job, Reason reason) {
    CompletableFuture<Void> commit =
        journal.append(List.of(job.cancelled(reason, clock.instant())), () -> {});
    line.leaves(job, commit);
    turns.call(); // for the one behind it, whose session may be free
    return commit.whenComplete((durable, refusal) -> left(job, refusal));
  }

  private void left(Waiting job, @Nullable Throwable refusal) {
    synchronized (holds) {
      line.left(job);
      if (refusal instanceof JournalUnavailable) {
        turns.admit(job);
      } else {
        holds.remove(job);
      }
    }
  }

  private CompletableFuture<Void> askToStop(Attempt attempt, Reason reason) {
    return journal.append(
        List.of(new CancelAsked(attempt.id(), reason, clock.instant())),
        () -> {
          attempt.reached(Milestone.CANCEL_ASKED, clock.instant());
          attempt.token().stop(new StopCause.Cancel(reason));
        });
  }

  /** Whether it gets on, and if not, why. */
  Movement movement(Hindrances hindrances) {
    synchronized (holds) {
      return line.movement(hindrances, turns.gaveUp(), clock.instant());
    }
  }

  /** Whether a job runs here, or is about to. */
  boolean has(JobId id) {
    synchronized (holds) {
      return line.attempt(id) != null;
    }
  }

  LaneView view() {
    synchronized (holds) {
      return line.view(clock.instant());
    }
  }

  Optional<Standing> standing(JobId id) {
    synchronized (holds) {
      return line.standing(id, clock.instant());
    }
  }

  List<Standing> standings(@Nullable Owner owner, Standing.@Nullable Place after, int limit) {
    synchronized (holds) {
      return line.standings(owner, after, limit, clock.instant());
    }
  }

  Optional<Instant> runningSince() {
    return attempts().stream().map(Attempt::startedAt).min(Comparator.naturalOrder());
  }

  boolean alive() {
    return turns.alive();
  }

  /** Takes no more submissions and starts no more jobs. */
  void drain() {
    synchronized (holds) {
      line.drain();
    }
    turns.end();
  }

  /** Stops what still runs, so that it waits again at the front of the line. */
  void handBack() {
    attempts().forEach(attempt -> attempt.token().stop(new StopCause.HandBack()));
  }

  private List<Attempt> attempts() {
    synchronized (holds) {
      return line.attempts();
    }
  }

  /** Whether the workers came to rest within this time. */
  boolean awaitRest(Duration patienceLeft) throws InterruptedException {
    return turns.awaitRest(patienceLeft);
  }
}
