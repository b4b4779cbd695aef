package dev.fermata.lane;

import dev.fermata.job.IdempotencyKey;
import dev.fermata.job.JobId;

/** A key has brought in a job by another request, so that this one can't be a repetition of it. */
public final class KeyReused extends RuntimeException {

  private final JobId job;

  KeyReused(IdempotencyKey key, JobId job) {
    super("The key " + key.key() + " came with another request before, which is job " + job + ".");
    this.job = job;
  }

  /** The one that the key stands for. */
  public JobId job() {
    return job;
  }
}
