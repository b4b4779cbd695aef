package dev.fermata.lane;

/** How far an attempt has come. */
enum Milestone {
  /** Everything that the job works on is open. */
  OPENED,
  /** The handler has returned, however it did. */
  RETURNED,
  /** Somebody asked the job to stop. */
  CANCEL_ASKED
}
