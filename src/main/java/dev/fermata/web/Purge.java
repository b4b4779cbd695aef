package dev.fermata.web;

import dev.fermata.directory.Directories;
import dev.fermata.job.Fact;
import dev.fermata.job.JobId;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.Stale;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Removes finished jobs: first the fact, then the files. */
@Component
final class Purge {

  private static final Logger log = LoggerFactory.getLogger(Purge.class);

  private final Commit commit;
  private final Directories directories;

  Purge(Commit commit, Directories directories) {
    this.commit = commit;
    this.directories = directories;
  }

  void remove(JobRecord record) {
    JobId id = record.job().id();
    if (!record.status().finished()) {
      throw Problem.JOB_NOT_FINISHED.because(
          "Job " + id + " is " + record.status().word() + "; cancel it first.");
    }
    try {
      commit.await(new Fact.Purged(id));
    } catch (Stale e) {
      throw Problem.GONE.because("Job " + id + " has been removed.");
    }
    try {
      directories.remove(id);
    } catch (IOException e) {
      log.error("Job {} is removed, but not its files in {}", id, directories.of(id), e);
    }
  }
}
