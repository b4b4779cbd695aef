package dev.fermata.promises;

/** An invariant does not hold. */
final class Broken extends Exception {

  private final Invariant invariant;

  Broken(Invariant invariant, Seen seen) {
    super(invariant + " is broken by " + seen);
    this.invariant = invariant;
  }

  Invariant invariant() {
    return invariant;
  }
}
