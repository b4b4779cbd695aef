package dev.fermata.lane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.job.JobId;
import dev.fermata.job.SessionId;
import dev.fermata.lane.Backlog.Waiting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which job has which session, and which unfinished jobs there are of each, over all lanes; and how
 * many of them wait.
 *
 * <p>Its monitor is the one lock of all lanes: it guards this and every lane's line, and keeps
 * their order and the journal's the same. So a session that passes from one lane to another needs
 * no order of locks. Nobody waits under it, for the disk or for a job; what is called there is the
 * queue of the journal and of the executors.
 */
final class Holds {

  /** What there is of one session. */
  private static final class Use {
    final SequencedSet<JobId> unfinished = new LinkedHashSet<>();

    /** Those that the unfinished ones came with. */
    final Set<Long> turns = new HashSet<>();

    final SequencedSet<Turns> waiting = new LinkedHashSet<>();
    @Nullable Attempt holder;
  }

  @GuardedBy("this")
  private final Map<SessionId, Use> uses = new HashMap<>();

  @GuardedBy("this")
  private final Queued queued;

  Holds(Quota quota) {
    this.queued = new Queued(quota);
  }

  /** How many jobs wait of whom. */
  @GuardedBy("this")
  Queued queued() {
    return queued;
  }

  /** A job comes, to stay until {@link #remove}. */
  @GuardedBy("this")
  void add(Waiting job) {
    queued.comes(job);
    if (job.session() != null) {
      Use use = uses.computeIfAbsent(job.session(), session -> new Use());
      use.unfinished.add(job.id());
      use.turns.add(job.turn());
    }
  }

  /** A job has ended, or never came. */
  @GuardedBy("this")
  void remove(Waiting job) {
    queued.goes(job);
    @Nullable Use use = use(job.session());
    if (use != null) {
      use.unfinished.remove(job.id());
      use.turns.remove(job.turn());
      if (use.unfinished.isEmpty()) {
        uses.remove(job.session());
      }
    }
  }

  /** The job that has a session; null when none has. */
  @GuardedBy("this")
  @Nullable Attempt holder(@Nullable SessionId session) {
    @Nullable Use use = use(session);
    return use == null ? null : use.holder;
  }

  /** The job that has a session or else the first of those that came for it; null for none. */
  @GuardedBy("this")
  @Nullable JobId unfinished(@Nullable SessionId session) {
    @Nullable Use use = use(session);
    if (use == null) {
      return null;
    }
    return use.holder == null ? use.unfinished.getFirst() : use.holder.id();
  }

  /**
   * The last turn before this one that no unfinished job of the session has, in whatever lane:
   * turns are places in line, and two jobs with one place could not be told apart in an order.
   */
  @GuardedBy("this")
  long freeBefore(SessionId session, long turn) {
    @Nullable Use use = use(session);
    long free = turn - 1;
    while (use != null && use.turns.contains(free)) {
      free--;
    }
    return free;
  }

  /**
   * Gives a session to the attempt that starts next, if it is free. From one that ends in the same
   * commit it passes on at once, unless another lane waits for it.
   *
   * @param lane hears when the session is free, if it isn't now
   */
  @GuardedBy("this")
  boolean hold(Attempt next, @Nullable Attempt ending, Turns lane) {
    @Nullable Use use = use(next.session());
    if (use == null) {
      return true;
    }
    boolean passes = use.holder == ending && List.of(lane).containsAll(use.waiting);
    if (use.holder == null || passes) {
      use.holder = next;
      return true;
    }
    use.waiting.add(lane);
    return false;
  }

  /** The start did not come about: undoes {@link #hold}. */
  @GuardedBy("this")
  void giveBack(Attempt next, @Nullable Attempt ending) {
    @Nullable Use use = use(next.session());
    if (use != null && ending != null && Objects.equals(next.session(), ending.session())) {
      use.holder = ending;
    } else {
      release(next);
    }
  }

  /** The attempt is over; whoever waits for its session hears of it. */
  @GuardedBy("this")
  void release(Attempt attempt) {
    @Nullable SessionId session = attempt.session();
    @Nullable Use use = use(session);
    if (session != null && use != null && use.holder == attempt) {
      use.holder = null;
      List<Turns> waiting = List.copyOf(use.waiting);
      use.waiting.clear();
      waiting.forEach(lane -> lane.freed(session));
    }
  }

  @GuardedBy("this")
  private @Nullable Use use(@Nullable SessionId session) {
    return session == null ? null : uses.get(session);
  }
}
