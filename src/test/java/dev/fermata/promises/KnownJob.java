package dev.fermata.promises;

import dev.fermata.job.Status;
import dev.fermata.promises.Seen.Entry;
import dev.fermata.promises.Seen.Entry.Accepted;
import dev.fermata.promises.Seen.Entry.BackedOff;
import dev.fermata.promises.Seen.Entry.CancelAsked;
import dev.fermata.promises.Seen.Entry.Crashed;
import dev.fermata.promises.Seen.Entry.Due;
import dev.fermata.promises.Seen.Entry.Ended;
import dev.fermata.promises.Seen.Entry.HandedBack;
import dev.fermata.promises.Seen.Entry.Saved;
import dev.fermata.promises.Seen.Entry.Started;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one job so far.
 *
 * @param status by what is durable
 * @param parked whether its time is still to come
 * @param cancelAsked whether it is durable that somebody wants it to stop
 * @param orphaned whether the server died while it ran, and nothing was made of that yet
 * @param scope of its last attempt
 */
record KnownJob(
    Query query,
    Status status,
    Counts counts,
    boolean parked,
    boolean cancelAsked,
    boolean orphaned,
    Scope scope,
    Watched watched) {

  /** How often it started, failed and was hit by a crash. */
  record Counts(int starts, int failures, int crashes) {}

  /** How far the scope of an attempt has come, and what its handler did. */
  record Scope(boolean open, boolean wrote, boolean stopped, boolean returned) {
    static final Scope NONE = new Scope(false, false, false, false);
    static final Scope OPENED = new Scope(true, false, false, false);

    Scope thatWrote() {
      return new Scope(open, true, stopped, returned);
    }

    Scope thatStopped() {
      return new Scope(open, wrote, true, returned);
    }

    Scope thatReturned() {
      return new Scope(open, wrote, stopped, true);
    }

    Scope closed() {
      return new Scope(false, wrote, stopped, returned);
    }
  }

  /**
   * What its watchers got.
   *
   * @param last the number of the last event
   * @param due what is durable and did not reach them yet
   */
  record Watched(long last, List<Status> due) {

    Watched owes(Status status) {
      return new Watched(last, Stream.concat(due.stream(), Stream.of(status)).toList());
    }

    Watched after(Seen.Shown event) {
      boolean paid = event.status() != null;
      return new Watched(event.number(), paid ? due.stream().skip(1).toList() : due);
    }
  }

  static KnownJob accepted(Query query) {
    var watched = new Watched(0, List.of(Status.QUEUED));
    var never = new Counts(0, 0, 0);
    return new KnownJob(
        query, Status.QUEUED, never, query.later(), false, false, Scope.NONE, watched);
  }

  String job() {
    return query.job();
  }

  boolean runs() {
    return status == Status.RUNNING || status == Status.CANCELLING;
  }

  /** Whether this is the attempt that runs. */
  boolean runs(int attempt) {
    return attempt == counts.starts() && runs();
  }

  /** Whether this is the last attempt, and the job waits again. */
  boolean waitsAfter(int attempt) {
    return attempt == counts.starts() && status == Status.QUEUED;
  }

  /** Whether another attempt may follow if this one fails. */
  boolean mayFailAgain() {
    return counts.failures() + 1 < query.maxAttempts();
  }

  KnownJob after(Entry entry) {
    int starts = counts.starts();
    int failures = counts.failures();
    int crashes = counts.crashes();
    KnownJob job = told(entry);
    return switch (entry) {
      case Accepted accepted -> throw new IllegalStateException("accepted twice: " + accepted);
      case Started(var id, int attempt) -> job.with(new Counts(attempt, failures, crashes), false);
      case CancelAsked asked -> job;
      case Crashed crashed -> job.with(new Counts(starts, failures, crashes + 1), false);
      case HandedBack back -> job.with(counts, false);
      case BackedOff failed -> job.with(new Counts(starts, failures + 1, crashes), true);
      case Due due -> job.with(counts, false);
      case Ended ended -> job.with(counts, false);
      case Saved saved -> job;
    };
  }

  /** Asking once more for a stop changes nothing. */
  private KnownJob told(Entry entry) {
    @Nullable Status next = entry.status();
    boolean asks = entry instanceof CancelAsked;
    return next == null || (asks && status == Status.CANCELLING)
        ? this
        : new KnownJob(
            query, next, counts, parked, cancelAsked || asks, orphaned, scope, watched.owes(next));
  }

  private KnownJob with(Counts now, boolean waitsForItsTime) {
    return new KnownJob(
        query, status, now, waitsForItsTime, cancelAsked, false, Scope.NONE, watched);
  }

  /** Its turn comes after one that is parked. */
  KnownJob parkedToo() {
    return new KnownJob(query, status, counts, true, cancelAsked, orphaned, scope, watched);
  }

  KnownJob with(Scope now) {
    return new KnownJob(query, status, counts, parked, cancelAsked, orphaned, now, watched);
  }

  KnownJob with(Watched now) {
    return new KnownJob(query, status, counts, parked, cancelAsked, orphaned, scope, now);
  }

  /** The server died. */
  KnownJob crashed() {
    boolean orphan = orphaned || runs();
    return new KnownJob(query, status, counts, parked, cancelAsked, orphan, Scope.NONE, watched);
  }
}
