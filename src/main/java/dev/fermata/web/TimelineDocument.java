package dev.fermata.web;

import dev.fermata.journal.JobRecord;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a job passed from one hand to the next: the line, its handler, and what closes behind it.
 *
 * @param attempt how often it has started; all times but the first are those of the last attempt
 * @param startedAt null while it waits
 * @param returnedAt when its handler had returned; null before the end, and when it was not called
 *     or nobody saw it return
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
    return finishedAt == null ? unfinished() : finished(finishedAt);
  }

  private String unfinished() {
    if (startedAt != null) {
      return begun(startedAt) + " and runs since " + JsonSettings.text(startedAt) + ".";
    }
    return attempt == 0
        ? "It waits since " + JsonSettings.text(submittedAt) + "."
        : "It waits for attempt " + (attempt + 1) + ".";
  }

  private String finished(Instant end) {
    if (startedAt == null) {
      return attempt == 0
          ? "It waited " + between(submittedAt, end) + " and never started."
          : "It ended while it waited for attempt " + (attempt + 1) + ".";
    }
    return begun(startedAt)
        + (returnedAt == null
            ? " and ended after " + between(startedAt, end) + "."
            : ", ran %s and closed within %s."
                .formatted(between(startedAt, returnedAt), between(returnedAt, end)));
  }

  /** Before a second attempt a job has not only waited. */
  private String begun(Instant start) {
    String before = between(submittedAt, start);
    return attempt == 1
        ? "It waited " + before
        : "Attempt " + attempt + " began " + before + " after the submission";
  }

  /** Nothing for times that the clock was set back between. */
  private static String between(Instant from, Instant to) {
    return Durations.text(to.isBefore(from) ? Duration.ZERO : Duration.between(from, to));
  }
}
