package dev.fermata.promises;

/**
 * What may still go wrong.
 *
 * @param cancels whether clients cancel
 * @param failures whether the work of a job may fail
 * @param staleWorkers whether workers may outlive a crash
 */
record Mishaps(int crashes, int stops, boolean cancels, boolean failures, boolean staleWorkers) {

  Mishaps afterCrash() {
    return new Mishaps(crashes - 1, stops, cancels, failures, staleWorkers);
  }

  Mishaps afterStop() {
    return new Mishaps(crashes, stops - 1, cancels, failures, staleWorkers);
  }
}
