package dev.fermata.retention;

import dev.fermata.directory.Directories;
import dev.fermata.job.Fact.Forgotten;
import dev.fermata.job.Fact.Measured;
import dev.fermata.job.JobId;
import dev.fermata.journal.Journal;
import dev.fermata.journal.Kept;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round through all that is kept: what is older than its term goes, step by step. */
final class Sweep {

  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  /** How many jobs one commit is about, so that a submission never waits behind more. */
  static final int STEP = 100;

  private final Kept kept;
  private final Directories directories;
  private final Terms terms;
  private final Clock clock;
  private final Leisure leisure;
  private final Removal removal;
  private final Space space;

  Sweep(
      Kept kept,
      Journal journal,
      Directories directories,
      Terms terms,
      Clock clock,
      Leisure leisure) {
    this.kept = kept;
    this.directories = directories;
    this.terms = terms;
    this.clock = clock;
    this.leisure = leisure;
    this.removal = new Removal(journal, directories, clock);
    this.space = new Space(kept, removal, terms.bytes(), clock, leisure);
  }

  /**
   * Goes round once.
   *
   * @throws dev.fermata.journal.JournalUnavailable when something can't be stored or read now
   */
  void run() {
    leisure.walk(this::measure);
    leisure.walk(this::removeFiles);
    leisure.walk(this::removeEvents);
    leisure.walk(this::removeJobs);
    leisure.walk(this::forget);
    space.make();
  }

  /** Directories that a crash left behind; a longer way than one round. */
  void removeStrays() {
    new Strays(kept, directories, removal, leisure).remove();
  }

  private boolean measure() {
    List<JobId> jobs = kept.unmeasured(STEP);
    removal.commit(jobs.stream().map(job -> new Measured(job, size(job))).toList());
    return !jobs.isEmpty();
  }

  private long size(JobId job) {
    try {
      return directories.size(job);
    } catch (IOException e) {
      log.warn("Job {}: its files could not be measured", job, e);
      return 0;
    }
  }

  private boolean removeFiles() {
    List<JobId> jobs =
        kept.withFiles(before(terms.files()), STEP).stream().map(Kept.Files::job).toList();
    removal.files(jobs);
    return !jobs.isEmpty();
  }

  private boolean removeEvents() {
    List<Kept.Ended> jobs = kept.withEvents(before(terms.events()), STEP);
    removal.events(jobs);
    return !jobs.isEmpty();
  }

  private boolean removeJobs() {
    List<Kept.Ended> jobs = kept.jobs(before(terms.jobs()), STEP);
    removal.jobs(jobs);
    return !jobs.isEmpty();
  }

  private boolean forget() {
    Instant tombstones = before(terms.tombstones());
    Instant keys = before(terms.keys());
    boolean some = kept.forgettable(tombstones, keys);
    if (some) {
      removal.commit(List.of(new Forgotten(tombstones, keys, STEP)));
    }
    return some;
  }

  private Instant before(Duration age) {
    return clock.instant().minus(age);
  }
}
