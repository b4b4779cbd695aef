package dev.fermata.web;

import dev.fermata.journal.JobRecord;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a job passed from one hand to the next: the line, its handler, and what closes behind it.
 *
 * @param attempt how often it has started; the times are those of the last attempt
 * @param startedAt null while it waits
 * @param returnedAt when its handler had returned; null before the end, and when it was not called
 * @param finishedAt when everything that it had open was closed; null before
 */
record TimelineDocument(
    int attempt,
    Instant submittedAt,
    @Nullable Instant startedAt,
    @Nullable Instant returnedAt,
    @Nullable Instant finishedAt)
    implements Spoken {

  static TimelineDocument of(JobRecord job) {
    return new TimelineDocument(
        job.attempt(),
        job.job().submittedAt(),
        job.startedAt(),
        job.returnedAt(),
        job.finishedAt());
  }

  @Override
  public String line() {
    if (startedAt == null) {
      return finishedAt == null
          ? "It waits since " + submittedAt + "."
          : "It waited " + between(submittedAt, finishedAt) + " and never started.";
    }
    String waited = "It waited " + between(submittedAt, startedAt);
    if (finishedAt == null) {
      return waited + " and runs since " + startedAt + ".";
    }
    return returnedAt == null
        ? waited + " and ended after " + between(startedAt, finishedAt) + "."
        : "%s, ran %s and closed within %s."
            .formatted(waited, between(startedAt, returnedAt), between(returnedAt, finishedAt));
  }

  /** Nothing for times that the clock was set back between. */
  private static String between(Instant from, Instant to) {
    return Durations.text(to.isBefore(from) ? Duration.ZERO : Duration.between(from, to));
  }
}
