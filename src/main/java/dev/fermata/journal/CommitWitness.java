package dev.fermata.journal;

import java.time.Duration;

/**
 * Hears how the journal stores what it is given, for whoever measures it. Called by the journal's
 * own thread: it must be quick. Its failures are logged.
 */
@FunctionalInterface
public interface CommitWitness {

  /** Hears nothing. */
  CommitWitness NOBODY = (appends, took, stored) -> {};

  /**
   * A commit is over.
   *
   * @param appends how many shared it
   * @param stored whether it is on disk; if not, nothing of it is
   */
  void committed(int appends, Duration took, boolean stored);
}
