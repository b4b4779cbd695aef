package dev.fermata.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A durable fact about a job. {@code attempt} is the fence: a fact of an older attempt is refused.
 */
public sealed interface JobEvent {

  JobId id();

  /** The query became a job and waits. */
  record Accepted(Job job) implements JobEvent {
    @Override
    public JobId id() {
      return job.id();
    }
  }

  /** A worker took the job; its scope opens next. */
  record Started(JobId id, int attempt, Instant at) implements JobEvent {}

  /** A program is about to run for the job. */
  record Spawned(JobId id, int attempt, ProcessGroup group) implements JobEvent {}

  /** A running job was asked to stop. */
  record CancelAsked(JobId id, Reason reason) implements JobEvent {}

  /**
   * The server stopped before the job ended: it waits again, at the front, and nothing is counted.
   */
  record HandedBack(JobId id, int attempt) implements JobEvent {}

  /** The server died while the job ran: it waits again, at the front, and one crash is counted. */
  record Crashed(JobId id, int attempt) implements JobEvent {}

  /**
   * The job ended and everything that was open for it has closed.
   *
   * @param attempt 0 for a job that never started
   * @param at when the scope had closed
   * @param warnings of this attempt, for people
   */
  record Finished(
      JobId id,
      int attempt,
      Instant at,
      Outcome outcome,
      @Nullable Progress progress,
      List<String> warnings)
      implements JobEvent {
    public Finished {
      warnings = List.copyOf(warnings);
    }
  }

  /** A finished job was removed by its owner; only its id is kept. */
  record Purged(JobId id) implements JobEvent {}
}
