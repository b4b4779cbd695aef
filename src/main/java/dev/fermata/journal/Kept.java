package dev.fermata.journal;

import dev.fermata.job.JobId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What is still kept of jobs that have ended: the oldest ends come first. Safe for use by many
 * threads.
 */
public interface Kept {

  /**
   * A job that has ended.
   *
   * @param firstEvent the number of the first of its events that is kept
   * @param lastEvent the number of its end
   */
  record Ended(JobId id, long firstEvent, long lastEvent) {}

  /**
   * The files of a job that has ended.
   *
   * @param bytes what they take on the disk, more than nothing
   */
  record Files(JobId job, long bytes) {}

  /**
   * What everything takes on the disk.
   *
   * @param files those of all jobs, as far as they were measured
   * @param journal the journal's own file, and what it keeps beside it
   * @param unused how much of the journal's file it no longer needs
   */
  record Usage(long files, long journal, long unused) {

    /** What would be left if nothing of the journal's room were unused. */
    public long needed() {
      return files + journal - unused;
    }
  }

  /** Jobs that ended before a time. */
  List<Ended> jobs(Instant before, int limit);

  /** Those of them of which more events than the end are kept. */
  List<Ended> withEvents(Instant before, int limit);

  /** Those of them whose files were measured and are kept. */
  List<Files> withFiles(Instant before, int limit);

  /** Jobs that have ended and whose files nobody has measured. */
  List<JobId> unmeasured(int limit);

  /** Which of these are jobs that have files, or may have some. */
  Set<JobId> owners(Collection<JobId> ids);

  /** Whether there are tombstones or idempotency keys from before these times. */
  boolean forgettable(Instant tombstones, Instant keys);

  Usage usage();

  /** Makes the journal's file as short as what it needs, so far as nobody would have to wait. */
  void trim();
}
