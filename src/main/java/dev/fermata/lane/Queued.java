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

  /** Those that don't wait: they are few, however many do. */
  private final Set<JobId> started = new HashSet<>();

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
    if (quota.ofOwner() > 0 && reached(quota.ofOwner(), ofOwners.get(owner))) {
      throw new Refused.OwnerQuota(quota.ofOwner());
    }
    if (quota.ofSession() > 0
        && session != null
        && reached(quota.ofSession(), ofSessions.get(session))) {
      throw new Refused.SessionQuota(session, quota.ofSession());
    }
  }

  private static boolean reached(int most, @Nullable Integer waiting) {
    return waiting != null && waiting >= most;
  }

  /** A job comes, and waits. */
  void comes(Waiting job) {
    count(job, 1);
  }

  /** One that waits starts. */
  void starts(Waiting job) {
    if (started.add(job.id())) {
      count(job, -1);
    }
  }

  /** One that started is to be tried again. */
  void waitsAgain(Waiting job) {
    if (started.remove(job.id())) {
      count(job, 1);
    }
  }

  /** A job has ended, whether it started or not, or never came. */
  void goes(Waiting job) {
    if (!started.remove(job.id())) {
      count(job, -1);
    }
  }

  /** What has no limit is not counted: a start with a million jobs has enough to do. */
  private void count(Waiting job, int change) {
    if (quota.ofOwner() > 0) {
      ofOwners.merge(job.owner(), change, Queued::sum);
    }
    if (quota.ofSession() > 0 && job.session() != null) {
      ofSessions.merge(job.session(), change, Queued::sum);
    }
  }

  /** Nothing is kept of those of whom none waits. */
  private static @Nullable Integer sum(int before, int change) {
    return before + change == 0 ? null : before + change;
  }
}
