package dev.fermata.lane;

import dev.fermata.job.IdempotencyKey;
import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.journal.Stale;
import dev.fermata.journal.UsedKeys;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets in once what comes under one key: who comes meanwhile is refused, and who comes later finds
 * the job. A first submission that is refused leaves its key free. Safe for use by many threads.
 */
public final class Once {

  private record Name(Owner owner, String key) {}

  private final Set<Name> onTheirWay = ConcurrentHashMap.newKeySet();
  private final UsedKeys used;

  public Once(UsedKeys used) {
    this.used = used;
  }

  /**
   * Submits under a key, unless it has brought in a job before.
   *
   * @param first does so, and is asked again after it threw {@link Stale}
   * @param again answers with the job of the same request before
   * @throws Refused.KeyInUse while the first is on its way to the disk
   * @throws KeyReused when the request before was another one
   * @throws dev.fermata.journal.JournalUnavailable when the journal can't be asked
   */
  public <T> T submit(IdempotencyKey key, Supplier<T> first, Function<JobId, T> again) {
    var name = new Name(key.owner(), key.key());
    boolean mine = onTheirWay.add(name);
    try {
      return submit(key, mine, first, again);
    } finally {
      if (mine) {
        onTheirWay.remove(name);
      }
    }
  }

  private <T> T submit(
      IdempotencyKey key, boolean mine, Supplier<T> first, Function<JobId, T> again) {
    Optional<JobId> job = job(key);
    if (job.isPresent()) {
      return again.apply(job.get());
    }
    if (!mine) {
      throw new Refused.KeyInUse(key);
    }
    try {
      return first.get();
    } catch (Stale e) {
      return submit(key, mine, first, again); // what it followed from has changed: look again
    }
  }

  private Optional<JobId> job(IdempotencyKey key) {
    return used.find(key.owner(), key.key()).map(use -> job(key, use));
  }

  private static JobId job(IdempotencyKey key, UsedKeys.Use use) {
    if (!use.fingerprint().equals(key.fingerprint())) {
      throw new KeyReused(key, use.job());
    }
    return use.job();
  }
}
