package dev.fermata.retention;

import dev.fermata.directory.Directories;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.EventsRemoved;
import dev.fermata.job.Fact.FilesRemoved;
import dev.fermata.job.Fact.Purged;
import dev.fermata.job.JobId;
import dev.fermata.journal.Journal;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Kept.Ended;
import dev.fermata.journal.Stale;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is left of jobs: first the fact, then the files. What a crash or a failure leaves in
 * between belongs to no job any more, and {@link Strays} finds it.
 */
final class Removal {

  private static final Logger log = LoggerFactory.getLogger(Removal.class);

  /** How many rows of events one commit removes, about. */
  static final int EVENTS = 200;

  private final Journal journal;
  private final Directories directories;
  private final Clock clock;

  Removal(Journal journal, Directories directories, Clock clock) {
    this.journal = journal;
    this.directories = directories;
    this.clock = clock;
  }

  void files(List<JobId> jobs) {
    Instant now = clock.instant();
    commit(jobs.stream().map(job -> new FilesRemoved(job, now)).toList());
    jobs.forEach(this::removeDirectory);
  }

  /** The oldest of their events, as many as one commit takes. */
  void events(List<Ended> jobs) {
    var facts = new ArrayList<Fact>();
    long left = EVENTS;
    for (Ended job : jobs) {
      if (left > 0) {
        long before = Math.min(job.firstEvent() + left, job.lastEvent());
        left -= before - job.firstEvent();
        facts.add(new EventsRemoved(job.id(), before));
      }
    }
    commit(facts);
  }

  /** Whole jobs, or the first events of one that has too many for one commit. */
  void jobs(List<Ended> jobs) {
    var few = new ArrayList<JobId>();
    long left = EVENTS;
    for (Ended job : jobs) {
      left -= job.lastEvent() - job.firstEvent();
      if (left >= 0) {
        few.add(job.id());
      }
    }
    if (few.isEmpty()) {
      events(jobs);
    } else {
      commit(few.stream().map(Purged::new).toList());
      few.forEach(this::removeDirectory);
    }
  }

  /** Also of a job that nobody knows. */
  void removeDirectory(JobId job) {
    try {
      directories.remove(job);
    } catch (IOException e) {
      log.warn("Files of job {} could not be removed from {}", job, directories.of(job), e);
    }
  }

  /**
   * Returns when the facts are durable, each for itself: one may be refused because somebody else
   * removed the job meanwhile.
   *
   * @throws JournalUnavailable when they can't be stored now
   */
  void commit(List<? extends Fact> facts) {
    List<CompletableFuture<Void>> commits = new ArrayList<>();
    facts.forEach(fact -> commits.add(journal.append(fact)));
    commits.forEach(Removal::await);
  }

  private static void await(CompletableFuture<Void> commit) {
    try {
      commit.join();
    } catch (CompletionException e) {
      @Nullable Throwable cause = e.getCause();
      if (cause instanceof JournalUnavailable unavailable) {
        throw unavailable;
      }
      if (!(cause instanceof Stale)) {
        throw e;
      }
    }
  }
}
