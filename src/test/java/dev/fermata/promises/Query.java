package dev.fermata.promises;

import dev.fermata.job.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param job the id of the job that it becomes
 * @param session the state that it works on; null for none
 * @param keepsCancelled whether a cancelled turn is saved
 * @param keepsFailed whether a failed turn is saved
 * @param maxAttempts how often it may fail, the last time included
 * @param later whether it is not before a time that is still to come
 */
public record Query(
    String job,
    String lane,
    @Nullable String session,
    boolean keepsCancelled,
    boolean keepsFailed,
    int maxAttempts,
    boolean later) {

  /** With everything as a client gets it that says nothing. */
  static Query of(String job) {
    return new Query(job, "default", null, true, false, 1, false);
  }

  Query in(String lane) {
    return new Query(job, lane, session, keepsCancelled, keepsFailed, maxAttempts, later);
  }

  Query on(String session) {
    return new Query(job, lane, session, keepsCancelled, keepsFailed, maxAttempts, later);
  }

  Query keeping(boolean cancelled, boolean failed) {
    return new Query(job, lane, session, cancelled, failed, maxAttempts, later);
  }

  Query triedTwice() {
    return new Query(job, lane, session, keepsCancelled, keepsFailed, 2, later);
  }

  Query notYet() {
    return new Query(job, lane, session, keepsCancelled, keepsFailed, maxAttempts, true);
  }

  boolean sharesSessionWith(Query other) {
    return session != null && session.equals(other.session);
  }

  /** Whether what the job did to its session is saved when it ends so. */
  boolean saves(Status end) {
    return switch (end) {
      case SUCCEEDED -> true;
      case CANCELLED -> keepsCancelled;
      case FAILED, TIMED_OUT -> keepsFailed;
      case LOST -> false;
      case QUEUED, RUNNING, CANCELLING -> throw new IllegalArgumentException("no end: " + end);
    };
  }
}
