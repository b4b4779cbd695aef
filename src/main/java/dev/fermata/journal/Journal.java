package dev.fermata.journal;

import dev.fermata.job.Fact;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Durable facts, in order. Safe for use by many threads. It numbers the {@link
 * dev.fermata.job.Event}s that clients see of them, and hands each to the one that it was made
 * with, on its own thread, in order, once it is durable: nothing is visible before.
 */
public interface Journal {

  /**
   * Queues facts for the next commit, in the order of calls, and returns at once. All of them
   * become durable in one commit.
   *
   * @param then runs once the facts are durable, on the journal's own thread, in the order of calls
   *     and before the future completes; it must be quick and never call back into the journal to
   *     wait
   * @return completes when the facts are on disk; or exceptionally with {@link Stale} when a fact
   *     does not follow from what the journal holds, or with {@link JournalUnavailable} when
   *     nothing could be stored: then none of them took effect
   */
  CompletableFuture<Void> append(List<? extends Fact> facts, Runnable then);

  /** {@link #append(List, Runnable)} with nothing to run. */
  default CompletableFuture<Void> append(Fact fact) {
    return append(List.of(fact), () -> {});
  }

  /** Hands every job that has not ended to the consumer, in the order of acceptance. */
  void replay(Consumer<Unfinished> consumer);

  /**
   * The greatest {@link dev.fermata.job.Job#seq} ever used, or that of the last place in line if it
   * is greater; 0 in an empty journal.
   */
  long lastSeq();
}
