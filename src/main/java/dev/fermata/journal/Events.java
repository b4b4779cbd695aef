package dev.fermata.journal;

import dev.fermata.job.Event;
import dev.fermata.job.JobId;
import java.util.List;

/** What clients have seen of jobs, as the journal has it. Safe for use by many threads. */
@FunctionalInterface
public interface Events {

  /**
   * The events of one job in their order; empty when there are none, or no such job.
   *
   * @param after only those with a greater number; 0 for all
   * @param limit at most so many
   * @throws JournalUnavailable when nothing can be read now
   */
  List<Event> after(JobId job, long after, int limit);
}
