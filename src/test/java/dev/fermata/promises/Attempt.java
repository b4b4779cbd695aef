package dev.fermata.promises;

/**
 * One start of a job, as the running server has it.
 *
 * @param asked whether somebody wants it to stop
 * @param found the version of its session when it opened
 */
record Attempt(String job, int number, Phase phase, boolean asked, long found, Work work) {

  /** How far it has come. */
  enum Phase {
    /** Its start is on its way to the disk. */
    TAKEN,
    /** Its start is durable. */
    STARTED,
    /** Its scope is open, and its handler works. */
    OPEN,
    /** Its handler has stopped working. */
    DONE,
    /** Its scope has closed. */
    CLOSED,
    /** Its end is on its way to the disk. */
    ENDING
  }

  /** What became of its work. */
  enum Work {
    GOES_ON,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    HANDED_BACK
  }

  static Attempt taken(String job, int number) {
    return new Attempt(job, number, Phase.TAKEN, false, 0, Work.GOES_ON);
  }

  boolean is(Phase other) {
    return phase == other;
  }

  /** Whether a stop can still reach its handler. */
  boolean works() {
    return phase.compareTo(Phase.OPEN) <= 0;
  }

  Attempt in(Phase next) {
    return new Attempt(job, number, next, asked, found, work);
  }

  Attempt ask() {
    return new Attempt(job, number, phase, true, found, work);
  }

  Attempt opened(long version) {
    return new Attempt(job, number, Phase.OPEN, asked, version, work);
  }

  Attempt done(Work how) {
    return new Attempt(job, number, Phase.DONE, asked, found, how);
  }
}
