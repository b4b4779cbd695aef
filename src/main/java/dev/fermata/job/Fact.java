package dev.fermata.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something durable that happened to a job or to a session: what the journal stores. */
public sealed interface Fact {

  /**
   * A fact about a job. {@code attempt} is the fence: a fact of an older attempt is refused. What
   * clients see of it is an {@link Event}.
   */
  sealed interface OfJob extends Fact {
    JobId id();
  }

  /**
   * The query became a job and waits, in line unless it is not due yet.
   *
   * @param place where it stands in line: smaller ones start earlier
   * @param key what it was submitted under; null for nothing. Refused when it has been used
   */
  record Accepted(Job job, long place, @Nullable IdempotencyKey key) implements OfJob {

    /** Under no key. */
    public Accepted(Job job, long place) {
      this(job, place, null);
    }

    /** Behind all that were accepted before. */
    public Accepted(Job job) {
      this(job, job.place());
    }

    @Override
    public JobId id() {
      return job.id();
    }
  }

  /** A worker took the job; its scope opens next. */
  record Started(JobId id, int attempt, Instant at) implements OfJob {}

  /** A program is about to run for the job. */
  record Spawned(JobId id, int attempt, ProcessGroup group) implements OfJob {}

  /** The running job told what clients can watch, in this order. */
  record Reported(JobId id, int attempt, Instant at, List<Event.What> events) implements OfJob {
    public Reported {
      events = List.copyOf(events);
    }
  }

  /** A running job was asked to stop. */
  record CancelAsked(JobId id, Reason reason, Instant at) implements OfJob {}

  /**
   * The server stopped before the job ended: it waits again, at its place, and nothing is counted.
   */
  record HandedBack(JobId id, int attempt, Instant at) implements OfJob {}

  /** The server died while the job ran: it waits again, at its place, and one crash is counted. */
  record Crashed(JobId id, int attempt, Instant at) implements OfJob {}

  /**
   * An attempt failed or ran out of time, and everything that was open for it has closed: the job
   * waits again, one failure is counted, and nothing is saved of its session.
   *
   * @param dueAt when the job joins the line again
   * @param warnings of this attempt, for people
   */
  record Retried(
      JobId id, int attempt, Instant at, Instant dueAt, Outcome failure, List<String> warnings)
      implements OfJob {
    public Retried {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * A job that waited and was not in line takes its place there. Clients see nothing of it.
   *
   * @param place where it stands in line
   */
  record Joined(JobId id, long place) implements OfJob {}

  /**
   * The job ended and everything that was open for it has closed.
   *
   * @param attempt 0 for a job that never started
   * @param at when the scope had closed
   * @param returnedAt when the handler had returned; null when it was not called, or when nobody
   *     saw it return
   * @param warnings of this attempt, for people
   * @param change what is saved of the job's session, in the same commit; null for nothing
   */
  record Finished(
      JobId id,
      int attempt,
      Instant at,
      @Nullable Instant returnedAt,
      Outcome outcome,
      @Nullable Progress progress,
      List<String> warnings,
      @Nullable SessionChange change)
      implements OfJob {
    public Finished {
      warnings = List.copyOf(warnings);
    }
  }

  /** A finished job was removed, by its owner or by its age; only its id is kept. */
  record Purged(JobId id) implements OfJob {}

  /** Something about what is kept of a job that has ended; refused before its end. */
  sealed interface OfEnded extends OfJob {}

  /**
   * Somebody looked at what the job's files take on the disk.
   *
   * @param bytes 0 when there are none
   */
  record Measured(JobId id, long bytes) implements OfEnded {}

  /** The job's files go: from now on nobody is told of them. */
  record FilesRemoved(JobId id, Instant at) implements OfEnded {}

  /**
   * The job's events with smaller numbers are gone.
   *
   * @param before at most the number of its end, which stays
   */
  record EventsRemoved(JobId id, long before) implements OfEnded {}

  /** Something about the journal itself. */
  sealed interface OfJournal extends Fact {}

  /**
   * What only its age ends was forgotten.
   *
   * @param tombstones ids of jobs that were removed before that
   * @param keys idempotency keys from before that
   * @param atMost so many of each
   */
  record Forgotten(Instant tombstones, Instant keys, int atMost) implements OfJournal {}

  /**
   * The journal gave room that it no longer needs back to the disk.
   *
   * @param pages at most so many of its own
   */
  record Shrunk(int pages) implements OfJournal {}

  /**
   * Somebody gave a session new metadata, and so made it if there was none. Refused while an
   * unfinished job is of this session.
   *
   * @param meta a JSON object
   */
  record MetaReplaced(SessionId session, String meta, Instant at) implements Fact {}

  /** Somebody removed a session. Refused while an unfinished job is of this session. */
  record SessionRemoved(SessionId session) implements Fact {}
}
