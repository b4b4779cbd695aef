package dev.fermata.lane;

import dev.fermata.job.Job;

/**
 * Hears what becomes of jobs, for whoever measures it. Called by many threads, those of the workers
 * among them: it must be quick. Its failures are logged and hurt no job.
 */
public interface Witness {

  /** Hears nothing. */
  Witness NOBODY =
      new Witness() {
        @Override
        public void submitted(Job job) {}

        @Override
        public void ended(Passage passage) {}
      };

  /** A job was accepted: it is on disk and in line. */
  void submitted(Job job);

  /**
   * The end of an attempt is durable, or that of a job that was cancelled before it started. Not
   * every end of an attempt {@linkplain Passage#isLast ends the job}.
   */
  void ended(Passage passage);
}
