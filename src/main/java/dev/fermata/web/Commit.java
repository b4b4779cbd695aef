package dev.fermata.web;

import dev.fermata.job.Fact;
import dev.fermata.journal.Journal;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Stale;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

/** Makes a fact durable for a request that waits for it. */
@Component
final class Commit {

  private final Journal journal;

  Commit(Journal journal) {
    this.journal = journal;
  }

  /**
   * Returns when the fact is on disk.
   *
   * @throws Stale when it doesn't follow from what the journal holds
   * @throws JournalUnavailable when it can't be stored now
   */
  void await(Fact fact) {
    try {
      journal.append(fact).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case Stale stale -> throw stale;
        case JournalUnavailable unavailable -> throw unavailable;
        case null, default -> throw e;
      }
    }
  }
}
