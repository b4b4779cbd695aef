package dev.fermata.lane;

import dev.fermata.job.Fact.Finished;
import dev.fermata.job.JobId;
import dev.fermata.job.Outcome;
import dev.fermata.job.Reason;
import dev.fermata.job.Traceparent;
import dev.fermata.journal.Unfinished;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt at a job went through, and when.
 *
 * @param lane whose line the job stood in
 * @param attempt 0 for a job that ended before it started
 * @param traceparent null for none, and where nobody has looked: for an attempt without a run
 * @param queuedAt since when it stood in line for this attempt
 * @param run null when this server did not start it
 * @param outcome how the attempt ended
 * @param retryAt when the job is tried again; null when it is not
 * @param endedAt when the end was durable
 */
public record Passage(
    JobId id,
    String kind,
    String lane,
    int attempt,
    @Nullable Traceparent traceparent,
    Instant submittedAt,
    Instant queuedAt,
    @Nullable Run run,
    Outcome outcome,
    @Nullable Instant retryAt,
    Instant endedAt) {

  /**
   * The stretch that was a worker's.
   *
   * @param openedAt when everything was open; null when it never was
   * @param returnedAt when the handler had returned; null when it was not called
   * @param closedAt when everything had closed
   * @param cancelAskedAt null when nobody asked
   */
  public record Run(
      Instant startedAt,
      @Nullable Instant openedAt,
      @Nullable Instant returnedAt,
      Instant closedAt,
      @Nullable Instant cancelAskedAt) {

    private static Run of(Attempt attempt, Instant closedAt) {
      return new Run(
          attempt.startedAt(),
          attempt.at(Milestone.OPENED),
          attempt.at(Milestone.RETURNED),
          closedAt,
          attempt.at(Milestone.CANCEL_ASKED));
    }
  }

  static Passage of(End end, Instant endedAt) {
    Attempt attempt = end.attempt();
    Backlog.Waiting job = attempt.waitingBefore();
    return new Passage(
        job.id(),
        job.kind(),
        job.lane(),
        attempt.number(),
        attempt.traceparent(),
        job.submittedAt(),
        job.since(),
        Run.of(attempt, end.finished().at()),
        end.finished().outcome(),
        end.retry() == null ? null : end.retry().dueAt(),
        endedAt);
  }

  /** Of a job that was cancelled in line. */
  static Passage inLine(Backlog.Waiting job, Reason reason, Instant endedAt) {
    return new Passage(
        job.id(),
        job.kind(),
        job.lane(),
        job.attempt(),
        null,
        job.submittedAt(),
        job.since(),
        null,
        new Outcome.Cancelled(reason, null),
        null,
        endedAt);
  }

  /** Of a job that ran when an earlier server died, and that is not run again. */
  static Passage orphan(Unfinished job, String lane, Finished end) {
    return new Passage(
        job.id(),
        job.kind(),
        lane,
        job.attempt(),
        null,
        job.submittedAt(),
        job.submittedAt(),
        null,
        end.outcome(),
        null,
        end.at());
  }

  /** Whether the job waits for the next start of the server. */
  public boolean isHandedBack() {
    return outcome.reason() == Reason.SERVER_STOPPED;
  }

  /** Whether it is the job that ended, and not only an attempt at it. */
  public boolean isLast() {
    return retryAt == null && !isHandedBack();
  }

  /** How it ended, in one word. */
  public String ending() {
    return isHandedBack() ? "handed back" : outcome.status().word();
  }

  String inWords() {
    String again = retryAt == null ? "" : ", to be tried again at " + retryAt;
    return "Job " + id + " " + ending() + ", attempt " + attempt + again;
  }
}
