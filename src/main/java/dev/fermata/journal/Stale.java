package dev.fermata.journal;

/** A fact that does not follow from what the journal holds, as of an older attempt: refused. */
public final class Stale extends RuntimeException {

  public Stale(String message) {
    super(message);
  }
}
