package dev.fermata.journal;

import dev.fermata.job.Job;
import dev.fermata.job.Progress;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.job.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as the journal's facts add up to it.
 *
 * @param reason null unless the job is cancelling or ended otherwise than by success
 * @param attempt how often it started
 * @param failures how many attempts failed or timed out and were not the last
 * @param startedAt null while it waits
 * @param returnedAt when the handler of the attempt that ended it had returned; null before, and
 *     when it was not called or nobody saw it return
 * @param finishedAt when its scope had closed; null before
 * @param result null unless the job succeeded and returned something
 * @param progress the last one of a finished job; null before
 * @param warnings of the submission and of the last attempt that is over
 * @param filesRemovedAt null while its files are kept
 * @param lastEvent the number of its last {@link dev.fermata.job.Event}
 */
public record JobRecord(
    Job job,
    Status status,
    @Nullable Reason reason,
    @Nullable String message,
    int attempt,
    int failures,
    @Nullable Instant startedAt,
    @Nullable Instant returnedAt,
    @Nullable Instant finishedAt,
    @Nullable Integer returnCode,
    @Nullable Progress progress,
    @Nullable Result result,
    List<String> warnings,
    @Nullable Instant filesRemovedAt,
    long lastEvent) {

  public JobRecord {
    warnings = List.copyOf(warnings);
  }

  /** A job of which nothing has happened yet but its acceptance. */
  public static JobRecord accepted(Job job) {
    return new JobRecord(
        job,
        Status.QUEUED,
        null,
        null,
        0,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        job.submission().warnings(),
        null,
        1);
  }
}
