package dev.fermata.promises;

import dev.fermata.job.Status;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that can be seen of a server. */
public sealed interface Seen {

  /** These became durable, all at once. */
  record Commit(List<Entry> entries) implements Seen {
    public Commit {
      entries = List.copyOf(entries);
    }
  }

  /** A client was told that its job is accepted. */
  record Acknowledged(String job) implements Seen {}

  /** A client was told that a job is {@code cancelling} or {@code cancelled}. */
  record CancelAcknowledged(String job) implements Seen {}

  /** A client was told how a job ended. */
  record Told(String job, Status end) implements Seen {}

  /**
   * Watchers got an event of a job.
   *
   * @param status what it says of the job; null when it says something else
   */
  record Shown(String job, long number, @Nullable Status status) implements Seen {}

  /** The scope of an attempt opened. */
  record Opened(String job, int attempt) implements Seen {}

  /** The handler of the open attempt did something to its session. */
  record Wrote(String job) implements Seen {}

  /** A stop reached the handler of the open attempt. */
  record Stopped(String job) implements Seen {}

  /** The handler of the open attempt had returned before any stop reached it. */
  record Returned(String job) implements Seen {}

  /** The scope of an attempt closed. */
  record Closed(String job, int attempt) implements Seen {}

  /** The power went: what was not durable is no more. */
  record Crash() implements Seen {}

  /** All is at rest, and readers find these sessions. */
  record Rest(Map<String, Found> sessions) implements Seen {
    public Rest {
      sessions = Map.copyOf(sessions);
    }
  }

  /**
   * A session as readers find it.
   *
   * @param jobs those that have messages in it, in the order of the messages
   */
  record Found(long version, List<String> jobs) {
    public Found {
      jobs = List.copyOf(jobs);
    }
  }

  /** A durable fact about one job. */
  sealed interface Entry extends Seen {

    String job();

    /** What clients see of it; null for nothing. */
    @Nullable Status status();

    /** It waits from now on. */
    record Accepted(Query query) implements Entry {
      @Override
      public String job() {
        return query.job();
      }

      @Override
      public Status status() {
        return Status.QUEUED;
      }
    }

    /** A worker has it; its scope opens next. */
    record Started(String job, int attempt) implements Entry {
      @Override
      public Status status() {
        return Status.RUNNING;
      }
    }

    /** Somebody wants it to stop. */
    record CancelAsked(String job) implements Entry {
      @Override
      public Status status() {
        return Status.CANCELLING;
      }
    }

    /** The server died while it ran; it waits again, at its place. */
    record Crashed(String job, int attempt) implements Entry {
      @Override
      public Status status() {
        return Status.QUEUED;
      }
    }

    /** The server stopped while it ran; it waits again, at its place. */
    record HandedBack(String job, int attempt) implements Entry {
      @Override
      public Status status() {
        return Status.QUEUED;
      }
    }

    /** An attempt failed and another is to come; it is not in line until it is due. */
    record BackedOff(String job, int attempt) implements Entry {
      @Override
      public Status status() {
        return Status.QUEUED;
      }
    }

    /** Its time has come: it joins the line at its tail. */
    record Due(String job) implements Entry {
      @Override
      public @Nullable Status status() {
        return null;
      }
    }

    /**
     * It is over.
     *
     * @param attempt the last one; 0 for a job that never started
     */
    record Ended(String job, int attempt, Status status) implements Entry {}

    /** What it did to its session is saved, as this version. */
    record Saved(String job, String session, long version) implements Entry {
      @Override
      public @Nullable Status status() {
        return null;
      }
    }
  }
}
