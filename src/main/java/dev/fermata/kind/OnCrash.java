package dev.fermata.kind;

/** What becomes of a job that ran when the server died. */
public enum OnCrash {
  RERUN,
  FAIL
}
