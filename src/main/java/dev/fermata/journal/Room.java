package dev.fermata.journal;

/**
 * Whether the disk has room for another job. The journal alone can't tell: it reuses the space of
 * its own file long after a job's files have none.
 */
@FunctionalInterface
public interface Room {

  /**
   * Does nothing when there is room.
   *
   * @throws JournalUnavailable when there is none
   */
  void require();
}
