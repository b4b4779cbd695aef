package dev.fermata.lane;

import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import dev.fermata.lane.Backlog.Waiting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs wait of each owner and of each session, over all lanes: from their acceptance to
 * their start. Those that are handed back wait again, but nobody comes any more then. Not safe for
 * use by several threads: the lanes' lock guards it.
 */
final class Queued {

  private final Quota quota;
  private final Set<JobId> jobs = new HashSet<>();
  private final Map<Owner, Integer> ofOwners = new HashMap<>();
  private final Map<SessionId, Integer> ofSessions = new HashMap<>();

  Queued(Quota quota) {
    this.quota = quota;
  }

  /**
   * Does nothing when one more may wait.
   *
   * @throws Refused when none may
   */
  void requireQuota(Owner owner, @Nullable SessionId session) {
    if (reached(quota.ofOwner(), ofOwners.get(owner))) {
      throw new Refused.OwnerQuota(quota.ofOwner());
    }
    if (session != null && reached(quota.ofSession(), ofSessions.get(session))) {
      throw new Refused.SessionQuota(session, quota.ofSession());
    }
  }

  private static boolean reached(int most, @Nullable Integer waiting) {
    return most > 0 && waiting != null && waiting >= most;
  }

  void add(Waiting job) {
    if (jobs.add(job.id())) {
      count(job, 1);
    }
  }

  /** It starts, or ends; nothing happens for one that doesn't wait. */
  void remove(Waiting job) {
    if (jobs.remove(job.id())) {
      count(job, -1);
    }
  }

  private void count(Waiting job, int change) {
    ofOwners.merge(job.owner(), change, Queued::sum);
    if (job.session() != null) {
      ofSessions.merge(job.session(), change, Queued::sum);
    }
  }

  /** Nothing is kept of those of whom none waits. */
  private static @Nullable Integer sum(int before, int change) {
    return before + change == 0 ? null : before + change;
  }
}
