package dev.fermata.lane;

import dev.fermata.job.IdempotencyKey;
import dev.fermata.job.JobId;
import dev.fermata.job.SessionId;

/** A submission can't be accepted now; nothing of it is kept, and it may be sent again later. */
public abstract sealed class Refused extends RuntimeException {

  private Refused(String message) {
    super(message);
  }

  /** As many jobs wait as the lane may hold. */
  public static final class BacklogFull extends Refused {
    BacklogFull(String lane, int capacity) {
      super("The backlog of lane " + lane + " is full: " + capacity + " jobs wait.");
    }
  }

  /** As many jobs of the owner wait as may. */
  public static final class OwnerQuota extends Refused {
    OwnerQuota(int quota) {
      super(
          "You have "
              + quota
              + " jobs waiting, which is as many as one owner may have: wait, or cancel some.");
    }
  }

  /** As many jobs of the session wait as may. */
  public static final class SessionQuota extends Refused {
    SessionQuota(SessionId session, int quota) {
      super(
          ("Session " + session + " has " + quota)
              + " jobs waiting, which is as many as one session may have: wait, or cancel some.");
    }
  }

  /** Another submission under the same key is on its way to the disk. */
  public static final class KeyInUse extends Refused {
    KeyInUse(IdempotencyKey key) {
      super("The first submission with the key " + key.key() + " is still being stored.");
    }
  }

  /** The session already has an unfinished job, and the submission would rather not wait for it. */
  public static final class SessionBusy extends Refused {

    private final JobId holder;

    SessionBusy(SessionId session, JobId holder) {
      super("Session " + session + " is busy: job " + holder + " has it.");
      this.holder = holder;
    }

    /** The job that holds the session, or will hold it next. */
    public JobId holder() {
      return holder;
    }
  }

  /** The server is stopping. */
  public static final class Draining extends Refused {
    Draining() {
      super("The server is stopping and takes no more jobs.");
    }
  }
}
