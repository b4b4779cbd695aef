package dev.fermata.retention;

import dev.fermata.job.Fact.Shrunk;
import dev.fermata.job.JobId;
import dev.fermata.journal.Kept;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what everything takes on the disk below a limit: the oldest files go first, which is most
 * for each job, then the oldest events, then whole jobs. And what was freed in the journal's file
 * goes back to the disk.
 */
final class Space {

  private static final Logger log = LoggerFactory.getLogger(Space.class);

  /** What the journal may have unused, for what comes next: about what a moment needs. */
  private static final long SPARE = 1024 * 1024;

  private static final int PAGES = 200;

  private final Kept kept;
  private final Removal removal;
  private final long limit;
  private final Clock clock;
  private final Leisure leisure;
  private boolean scarce;

  Space(Kept kept, Removal removal, long limit, Clock clock, Leisure leisure) {
    this.kept = kept;
    this.removal = removal;
    this.limit = limit;
    this.clock = clock;
    this.leisure = leisure;
  }

  void make() {
    leisure.walk(this::removeOldest);
    if (kept.usage().unused() > SPARE) {
      leisure.walk(this::shrink);
      kept.trim();
    }
  }

  private boolean removeOldest() {
    long excess = kept.usage().needed() - limit;
    boolean removed = excess > 0 && (files(excess) || events() || jobs());
    if (!removed && scarce != (excess > 0)) {
      scarce = !scarce;
      tell(excess);
    }
    return removed;
  }

  private void tell(long excess) {
    if (scarce) {
      log.warn(
          "Everything takes {} bytes more than fermata.retention.max-size, and of what has ended"
              + " nothing is left to remove",
          excess);
    } else {
      log.info("Everything takes less than fermata.retention.max-size again");
    }
  }

  private boolean files(long excess) {
    var oldest = new ArrayList<JobId>();
    long left = excess;
    for (Kept.Files files : kept.withFiles(clock.instant(), Sweep.STEP)) {
      if (left > 0) {
        oldest.add(files.job());
        left -= files.bytes();
      }
    }
    removal.files(oldest);
    return !oldest.isEmpty();
  }

  private boolean events() {
    List<Kept.Ended> oldest = kept.withEvents(clock.instant(), Sweep.STEP);
    removal.events(oldest);
    return !oldest.isEmpty();
  }

  private boolean jobs() {
    List<Kept.Ended> oldest = kept.jobs(clock.instant(), Sweep.STEP);
    removal.jobs(oldest);
    return !oldest.isEmpty();
  }

  private boolean shrink() {
    long unused = kept.usage().unused();
    if (unused <= SPARE) {
      return false;
    }
    removal.commit(List.of(new Shrunk(PAGES)));
    return kept.usage().unused() < unused; // a file from before this can't
  }
}
