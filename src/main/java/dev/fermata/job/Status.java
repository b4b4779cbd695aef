package dev.fermata.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a job stands: {@code queued -> running -> succeeded | failed | cancelled | timed_out},
 * {@code queued -> cancelled}, {@code running -> cancelling ->} any end, and {@code lost} for a job
 * that crashed the server too often.
 */
public enum Status {
  QUEUED,
  RUNNING,
  CANCELLING,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  TIMED_OUT,
  LOST;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The status that clients see under this word; empty for an unknown one. */
  public static Optional<Status> of(String word) {
    return Arrays.stream(values()).filter(status -> status.word.equals(word)).findFirst();
  }

  /** How clients and the journal spell it. */
  public String word() {
    return word;
  }

  /** Whether the job has ended, for good. */
  public boolean finished() {
    return compareTo(SUCCEEDED) >= 0;
  }
}
