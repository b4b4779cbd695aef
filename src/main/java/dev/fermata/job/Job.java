package dev.fermata.job;

import java.time.Instant;

/**
 * An accepted query.
 *
 * @param seq its number in the order of acceptance over all lanes; never used twice
 */
public record Job(JobId id, long seq, Submission submission, Instant submittedAt) {

  /** Room between two neighbours in line, for those that go before others. */
  private static final int PLACES = 20;

  /** Where it stands in line when it goes before nobody: smaller ones start earlier. */
  public long place() {
    return place(seq);
  }

  /** The place that belongs to a number of acceptance. */
  public static long place(long seq) {
    return seq << PLACES;
  }

  /** The number that a place at the tail belongs to. */
  public static long seq(long place) {
    return place >> PLACES;
  }
}
