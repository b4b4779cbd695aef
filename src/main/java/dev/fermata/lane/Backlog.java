package dev.fermata.lane;

import dev.fermata.job.Fact.Finished;
import dev.fermata.job.JobId;
import dev.fermata.job.Outcome;
import dev.fermata.job.Reason;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a lane that wait, in the order in which they will start. Finding, placing and
 * removing any of them costs O(log n). Not safe for use by several threads: the lane's lock guards
 * it.
 */
final class Backlog {

  /**
   * A job that waits.
   *
   * @param seq its place in line: smaller ones start earlier
   * @param attempt how often it has started already
   */
  record Waiting(JobId id, long seq, int attempt, Instant submittedAt) {

    /** How it ends when it is cancelled in line. */
    Finished cancelled(Reason reason, Instant now) {
      var outcome = new Outcome.Cancelled(reason, null);
      return new Finished(id, attempt, now, outcome, null, List.of(), null);
    }
  }

  private final RankedMap<Waiting> line = new RankedMap<>();
  private final Map<JobId, Waiting> byId = new HashMap<>();

  int size() {
    return line.size();
  }

  /** Puts a job in line, at the place that its number gives it. */
  void add(Waiting job) {
    byId.put(job.id(), job);
    line.put(job.seq(), job);
  }

  /** The next to start; null when none waits. */
  @Nullable Waiting first() {
    return line.first();
  }

  /** Takes a job out of line; null when it does not wait here. */
  @Nullable Waiting remove(JobId id) {
    @Nullable Waiting job = byId.remove(id);
    if (job != null) {
      line.remove(job.seq());
    }
    return job;
  }

  @Nullable Waiting find(JobId id) {
    return byId.get(id);
  }

  /** 1 for the next to start; also of a job that does not wait here, by its number. */
  int position(Waiting job) {
    return line.rank(job.seq());
  }

  /** At most {@code limit} jobs that stand behind this number, in order. */
  List<Waiting> after(long seq, int limit) {
    return line.after(seq, limit);
  }
}
