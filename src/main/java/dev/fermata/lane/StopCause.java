package dev.fermata.lane;

import dev.fermata.job.Reason;
import java.time.Duration;

/** Why a running job is asked to stop. */
sealed interface StopCause {

  /** Whether what the job did to its session is discarded, whatever its policy. */
  default boolean discards() {
    return false;
  }

  /** Somebody does not want it any more. */
  record Cancel(Reason reason, boolean discards) implements StopCause {

    /** The job's policy says what becomes of its turn. */
    Cancel(Reason reason) {
      this(reason, false);
    }
  }

  /** Its limit passed. */
  record Timeout(Duration limit) implements StopCause {}

  /** The server stops; the job goes back to the front of the line. */
  record HandBack() implements StopCause {}
}
