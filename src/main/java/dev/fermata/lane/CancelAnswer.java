package dev.fermata.lane;

import java.util.concurrent.CompletableFuture;

/** What became of a request to cancel a job. What it says is durable. */
public sealed interface CancelAnswer {

  /** The job waited; it has ended and never starts. */
  record Cancelled() implements CancelAnswer {}

  /**
   * The job runs and was asked to stop, now or earlier.
   *
   * @param ended completes when its end, whichever it is, is durable
   */
  record Cancelling(CompletableFuture<Void> ended) implements CancelAnswer {}

  /** No unfinished job of this id is in any lane: it ended before, or never existed. */
  record NotInLine() implements CancelAnswer {}
}
