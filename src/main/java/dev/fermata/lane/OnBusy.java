package dev.fermata.lane;

/** What a submission does whose session already has an unfinished job. */
public enum OnBusy {
  /** It waits for its turn. */
  ENQUEUE,
  /** It is refused. */
  REJECT,
  /**
   * The job that holds the session is cancelled as superseded, and what becomes of its turn is as
   * its own policy says; the new job stands before those that wait for the session.
   */
  INTERRUPT,
  /** The same, and the turn of the job that holds the session is discarded. */
  ROLLBACK;

  /** Whether the job that holds the session is cancelled. */
  public boolean supersedes() {
    return this == INTERRUPT || this == ROLLBACK;
  }
}
