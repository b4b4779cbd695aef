package dev.fermata.store;

import dev.fermata.job.Fact;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Facts on their way to the disk, and who waits for them. */
record Append(List<? extends Fact> facts, Runnable then, CompletableFuture<Void> durable) {

  /** A failure of what runs then is for the one who waits, and not for the journal's thread. */
  void succeed() {
    try {
      then.run();
      durable.complete(null);
    } catch (RuntimeException | Error e) {
      durable.completeExceptionally(e);
    }
  }

  void fail(RuntimeException cause) {
    durable.completeExceptionally(cause);
  }
}
