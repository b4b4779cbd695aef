package dev.fermata.lane;

import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Submission;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Numbers jobs in the order of their acceptance, over all lanes, and gives places at the tail of
 * their lines. Safe for use by many threads.
 */
public final class Acceptances {

  private final AtomicLong lastSeq;
  private final Supplier<UUID> ids;
  private final Clock clock;

  /**
   * Goes on where the journal ends.
   *
   * @param lastSeq the greatest number ever used
   * @param ids makes UUIDs of version 7, each greater than the one before
   */
  public Acceptances(long lastSeq, Supplier<UUID> ids, Clock clock) {
    this.lastSeq = new AtomicLong(lastSeq);
    this.ids = ids;
    this.clock = clock;
  }

  /** The place behind all those that were given before; its number is nobody's. */
  long place() {
    return Job.place(lastSeq.incrementAndGet());
  }

  Job accept(Submission submission) {
    return new Job(new JobId(ids.get()), lastSeq.incrementAndGet(), submission, clock.instant());
  }
}
