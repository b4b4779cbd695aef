package dev.fermata.store;

import dev.fermata.job.Fact;
import dev.fermata.journal.Stale;
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

  /** One of the facts does not follow from what the journal holds. */
  void refuse() {
    fail(new Stale("refused: " + facts.stream().map(Append::inShort).toList()));
  }

  /** Without what can be long. */
  private static String inShort(Fact fact) {
    String name = fact.getClass().getSimpleName();
    return switch (fact) {
      case Fact.OfJob ofJob -> name + " of job " + ofJob.id();
      case Fact.MetaReplaced replaced -> name + " of session " + replaced.session();
      case Fact.OfJournal ofJournal -> ofJournal.toString();
      case Fact.SessionRemoved removed -> name + " of session " + removed.session();
    };
  }

  void fail(RuntimeException cause) {
    durable.completeExceptionally(cause);
  }
}
