package dev.fermata.chaos;

/** What can be found wrong. */
enum Check {
  /** An acknowledged job is not there, or not as it was told. */
  LOST,
  /** Jobs started in another order than they were accepted in, or side by side. */
  ORDER,
  /** A job has no end, more than one, or the wrong one. */
  END,
  /** A cancel that was acknowledged did not hold. */
  CANCEL,
  /** Event numbers have gaps, or a watcher saw something else than the journal holds. */
  WATCH,
  /** A session's history is not that of its jobs. */
  SESSION,
  /** A job's files are not what was asked for. */
  FILES,
  /** The server answered what it must not, or did not answer at all. */
  ANSWER
}
