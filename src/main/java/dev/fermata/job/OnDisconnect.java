package dev.fermata.job;

import java.time.Duration;

/**
 * What becomes of a job when the last client that waits for it has gone.
 *
 * @param cancels whether the job is cancelled then, or else goes on
 * @param grace how long somebody has to come back
 */
public record OnDisconnect(boolean cancels, Duration grace) {

  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(2);

  /** The job goes on. */
  public static final OnDisconnect CONTINUE = new OnDisconnect(false, DEFAULT_GRACE);
}
