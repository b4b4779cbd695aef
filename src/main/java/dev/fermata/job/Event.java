package dev.fermata.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What clients see happen to a job.
 *
 * @param number 1, 2, 3, ... without gaps for each job, over all of its attempts; never used twice
 */
public record Event(JobId job, long number, Instant at, What what) {

  /** What happened. */
  public sealed interface What {}

  /**
   * The job stands somewhere else now.
   *
   * @param attempt how often it has started
   */
  public record StatusChanged(Status status, @Nullable Reason reason, int attempt)
      implements What {}

  /** The work has come further. */
  public record Progressed(Progress progress) implements What {}

  /**
   * The work gave out some text.
   *
   * @param stream which of its streams: {@code stdout}, {@code stderr}, {@code reply}
   */
  public record Chunk(String stream, String text) implements What {}

  /** The job ended: its last event. */
  public record Ended() implements What {}
}
