package dev.fermata.lane;

import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Reason;
import dev.fermata.job.Submission;
import dev.fermata.journal.Journal;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Room;
import dev.fermata.journal.Stale;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One ordered line of jobs. The line alone holds jobs, so that cancel and position touch one
 * structure; {@link Turns} runs them.
 *
 * <p>What changes the line is queued in the journal under the line's monitor: the order of the
 * line, of the journal and of the starts is one order. Nobody waits for the disk there.
 */
final class Lane {

  private final Line line;
  private final Journal journal;
  private final Acceptances acceptances;
  private final Turns turns;
  private final Room room;
  private final Clock clock;

  /** An empty lane, whose line is its own and that of its turns. */
  Lane(Line line, Journal journal, Acceptances acceptances, Turns turns, Room room, Clock clock) {
    this.line = line;
    this.journal = journal;
    this.acceptances = acceptances;
    this.turns = turns;
    this.room = room;
    this.clock = clock;
  }

  /** See {@link Lanes#submit}. */
  Acceptance submit(Submission submission) {
    room.require();
    var arrival = new CompletableFuture<Standing>();
    Job job;
    CompletableFuture<Void> commit;
    synchronized (line) {
      line.arrive();
      job = acceptances.accept(submission);
      commit =
          journal
              .append(List.of(new Accepted(job)), () -> arrival.complete(arrived(job)))
              .whenComplete(
                  (durable, refusal) -> {
                    if (refusal != null) {
                      line.notArrived();
                    }
                  });
    }
    Commits.await(commit);
    return new Acceptance(job, arrival.join());
  }

  private Standing arrived(Job job) {
    var waiting = new Waiting(job.id(), job.seq(), 0, job.submittedAt());
    Standing standing = line.arrived(waiting, clock.instant());
    turns.call();
    return standing;
  }

  /** Puts a job in line at its place, without asking for room, and calls a worker for it. */
  void restore(Waiting job) {
    line.restore(job);
    turns.call();
  }

  /** See {@link Lanes#cancel}. */
  CancelAnswer cancel(JobId id, Reason reason) {
    CancelAnswer answer;
    CompletableFuture<Void> commit;
    synchronized (line) {
      @Nullable Waiting waiting = line.leave(id);
      @Nullable Attempt attempt = line.attempt(id);
      @Nullable CompletableFuture<Void> leaving = line.leaving(id);
      if (waiting != null) {
        answer = new CancelAnswer.Cancelled();
        commit = leave(waiting, reason);
      } else if (leaving != null) {
        answer = new CancelAnswer.Cancelled();
        commit = leaving;
      } else if (attempt != null) {
        answer = new CancelAnswer.Cancelling(attempt.ended());
        commit = ask(attempt, reason);
      } else {
        return new CancelAnswer.NotInLine();
      }
    }
    try {
      Commits.await(commit);
      return answer;
    } catch (Stale e) {
      return cancel(id, reason); // it ended, or went back in line, just before
    }
  }

  private CompletableFuture<Void> leave(Waiting job, Reason reason) {
    CompletableFuture<Void> commit =
        journal.append(List.of(job.cancelled(reason, clock.instant())), () -> line.left(job.id()));
    line.leaves(job.id(), commit);
    return commit.whenComplete((durable, refusal) -> comeBack(job, refusal));
  }

  private void comeBack(Waiting job, @Nullable Throwable refusal) {
    if (refusal != null) {
      line.left(job.id());
    }
    if (refusal instanceof JournalUnavailable) {
      restore(job);
    }
  }

  private CompletableFuture<Void> ask(Attempt attempt, Reason reason) {
    return journal.append(
        List.of(new CancelAsked(attempt.id(), reason, clock.instant())),
        () -> attempt.token().stop(new StopCause.Cancel(reason)));
  }

  LaneView view() {
    return line.view(clock.instant());
  }

  Optional<Standing> standing(JobId id) {
    return line.standing(id, clock.instant());
  }

  List<Standing> standings(long afterSeq, int limit) {
    return line.standings(afterSeq, limit, clock.instant());
  }

  Optional<Instant> runningSince() {
    return line.attempts().stream().map(Attempt::startedAt).min(Comparator.naturalOrder());
  }

  boolean alive() {
    return turns.alive();
  }

  /** Takes no more submissions and starts no more jobs. */
  void drain() {
    line.drain();
    turns.end();
  }

  /** Stops what still runs, so that it waits again at the front of the line. */
  void handBack() {
    line.attempts().forEach(attempt -> attempt.token().stop(new StopCause.HandBack()));
  }

  /** Whether the workers came to rest within this time. */
  boolean awaitRest(Duration patienceLeft) throws InterruptedException {
    return turns.awaitRest(patienceLeft);
  }
}
