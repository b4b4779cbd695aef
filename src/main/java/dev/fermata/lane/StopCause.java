package dev.fermata.lane;

import dev.fermata.job.Reason;
import java.time.Duration;

/** Why a running job is asked to stop. */
sealed interface StopCause {

  /** Somebody does not want it any more. */
  record Cancel(Reason reason) implements StopCause {}

  /** Its limit passed. */
  record Timeout(Duration limit) implements StopCause {}

  /** The server stops; the job goes back to the front of the line. */
  record HandBack() implements StopCause {}
}
