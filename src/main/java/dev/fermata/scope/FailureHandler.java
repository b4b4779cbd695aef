package dev.fermata.scope;

/** Says which ends of a background task are in order. */
@FunctionalInterface
public interface FailureHandler {

  /** Whether the server, which stops now in any case, ends as one that did what it should. */
  boolean accepts(Throwable cause);
}
