package dev.fermata.journal;

import dev.fermata.job.JobId;
import dev.fermata.job.ProcessGroup;
import org.jspecify.annotations.Nullable;

/** What an earlier run of the server may have left running for a job that has not ended. */
public interface Orphans {

  /**
   * Ends it, and returns when nothing of it is alive. Never hits a stranger that reuses a number.
   *
   * @param group the processes of the job's last attempt; null when the journal knows none
   * @return how many processes were ended
   */
  int end(JobId id, @Nullable ProcessGroup group);
}
