package dev.fermata.lane;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waiting for the journal. */
final class Commits {

  private Commits() {}

  /**
   * Returns when the facts are durable; an interrupt stays pending and does not cut it short.
   *
   * @throws RuntimeException the one that the commit ended with
   */
  static void await(CompletableFuture<Void> commit) {
    try {
      commit.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
