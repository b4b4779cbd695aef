package dev.fermata.journal;

import dev.fermata.job.IdempotencyKey;
import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import java.util.Optional;

/** The keys under which jobs were accepted, as the journal has them. For many threads. */
public interface UsedKeys {

  /**
   * What a key was used for.
   *
   * @param fingerprint as in {@link IdempotencyKey}
   * @param job may have been removed since
   */
  record Use(String fingerprint, JobId job) {}

  /** The use that an owner made of a key; empty for one that is free. */
  Optional<Use> find(Owner owner, String key);
}
