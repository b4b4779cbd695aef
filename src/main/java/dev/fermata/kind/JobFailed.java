package dev.fermata.kind;

import dev.fermata.job.Reason;
import org.jspecify.annotations.Nullable;

/** A handler's word that a job's work went wrong, and why. */
public final class JobFailed extends Exception {

  private final Reason reason;
  private final @Nullable Integer returnCode;

  /**
   * Ends the job as {@code failed}.
   *
   * @param message for people: what was wrong, where, what to do
   * @param returnCode of the program that did the work; null when there was none
   */
  public JobFailed(Reason reason, String message, @Nullable Integer returnCode) {
    super(message);
    this.reason = reason;
    this.returnCode = returnCode;
  }

  public Reason reason() {
    return reason;
  }

  public @Nullable Integer returnCode() {
    return returnCode;
  }
}
