package dev.fermata.lane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.job.Fact.Joined;
import dev.fermata.job.JobId;
import dev.fermata.job.SessionId;
import dev.fermata.journal.Journal;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Stale;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets parked jobs join their lines when they are due: each takes a place at the tail, and the
 * turns that waited for it the places right behind it, durably, in one commit. One such commit is
 * under way at a time, so that none can overtake another. Safe for use by many threads.
 */
final class Due {

  private static final Logger log = LoggerFactory.getLogger(Due.class);

  /** The clock may be set meanwhile: it is looked at again after so long. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

  /** Bounds how long submissions wait behind those that join. */
  private static final int MOST_TOGETHER = 1000;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Holds holds;

  @GuardedBy("holds")
  private final Parking parking;

  private final Journal journal;
  private final Acceptances acceptances;
  private final ScheduledExecutorService timer;
  private final Clock clock;

  @GuardedBy("holds")
  private final Map<String, Turns> lanes = new HashMap<>();

  @GuardedBy("holds")
  private boolean open;

  /** Those whose places are on their way to the disk, in {@link #commit}. */
  @GuardedBy("holds")
  private Set<JobId> joining = Set.of();

  @GuardedBy("holds")
  private CompletableFuture<Void> commit = CompletableFuture.completedFuture(null);

  @GuardedBy("holds")
  private Future<?> alarm = CompletableFuture.completedFuture(null);

  /** What the alarm waits for; null when it is off. */
  @GuardedBy("holds")
  private @Nullable Instant next;

  /** Serves no lane yet, and lets nobody join before it is told to {@link #begin}. */
  Due(
      Holds holds,
      Parking parking,
      Journal journal,
      Acceptances acceptances,
      ScheduledExecutorService timer,
      Clock clock) {
    this.holds = holds;
    this.parking = parking;
    this.journal = journal;
    this.acceptances = acceptances;
    this.timer = timer;
    this.clock = clock;
  }

  void serve(String lane, Turns turns) {
    synchronized (holds) {
      lanes.put(lane, turns);
    }
  }

  void begin() {
    synchronized (holds) {
      open = true;
      look();
    }
  }

  /** From now on nobody joins; who is parked stays so. */
  void end() {
    synchronized (holds) {
      open = false;
      alarm.cancel(false);
    }
  }

  /**
   * Parks the turns that would pass a job on its session, in every lane: those that come after it
   * and stand before it since it joined at the tail, and all that come after one that is parked.
   */
  void gather(Waiting job) {
    synchronized (holds) {
      if (job.session() != null) {
        park(job.session(), job.turn(), job.place());
        @Nullable Long first = parking.first(job.session());
        if (first != null) {
          park(job.session(), first, Long.MAX_VALUE);
          callAll();
        }
      }
    }
  }

  @GuardedBy("holds")
  private void park(SessionId session, long turn, long before) {
    lanes.values().forEach(lane -> lane.park(session, turn, before));
  }

  /** For those behind the ones that were parked; nobody starts before all is restored. */
  @GuardedBy("holds")
  private void callAll() {
    if (open) {
      lanes.values().forEach(Turns::call);
    }
  }

  /**
   * The first turn of a session that somebody must stand before who comes to a lane and passes
   * those that wait: the first in line there, the first that is parked, and in the other lanes the
   * first that joined, for it would be passed too. Null for none.
   */
  @Nullable Long firstTurn(SessionId session, String lane) {
    synchronized (holds) {
      Stream<Long> inLine =
          lanes.entrySet().stream()
              .map(
                  each ->
                      each.getKey().equals(lane)
                          ? each.getValue().firstTurn(session)
                          : each.getValue().firstTurnThatJoined(session))
              .filter(Objects::nonNull);
      return Stream.concat(inLine, Stream.ofNullable(parking.first(session)))
          .min(Comparator.naturalOrder())
          .orElse(null);
    }
  }

  /** The commit with which a job takes its place in line; null when none is under way. */
  @Nullable CompletableFuture<Void> joining(JobId id) {
    synchronized (holds) {
      return joining.contains(id) ? commit : null;
    }
  }

  /**
   * Lets those join who are due, or sleeps until somebody is. The clock is read once: whoever
   * became due between two looks at it would be neither.
   */
  void look() {
    synchronized (holds) {
      Instant now = clock.instant();
      if (open && joining.isEmpty()) {
        List<Waiting> due = parking.due(now, this::unopposed, MOST_TOGETHER);
        if (due.isEmpty()) {
          sleep(now);
        } else {
          join(due);
        }
      }
    }
  }

  /**
   * Whether a job that is restored was parked behind an earlier turn of its session, which has
   * joined a line since and so stands behind the place that the job had.
   */
  boolean keepsParked(Waiting job) {
    synchronized (holds) {
      return job.session() != null
          && lanes.values().stream().anyMatch(lane -> lane.hasEarlierTurnBehind(job));
    }
  }

  /** Whether no earlier turn of its session is in line in another lane. */
  private boolean unopposed(Waiting job) {
    synchronized (holds) {
      SessionId session = job.session();
      return session == null
          || lanes.entrySet().stream()
              .filter(lane -> !lane.getKey().equals(job.lane()))
              .map(lane -> lane.getValue().firstTurn(session))
              .noneMatch(first -> first != null && first < job.turn());
    }
  }

  @GuardedBy("holds")
  private void sleep(Instant now) {
    @Nullable Instant due = parking.nextDue(now);
    if (!Objects.equals(due, next)) {
      alarm.cancel(false);
      next = due;
      if (due != null) {
        wakeAfter(Duration.between(now, due));
      }
    }
  }

  @GuardedBy("holds")
  private void wakeAfter(Duration rest) {
    long millis = Math.clamp(rest.toMillis(), 0, LONGEST_SLEEP.toMillis());
    alarm = timer.schedule(this::wake, millis, TimeUnit.MILLISECONDS);
  }

  private void wake() {
    synchronized (holds) {
      next = null;
      try {
        look();
      } catch (RuntimeException | Error e) {
        log.error("Parked jobs could not join their lines; they try again", e);
        wakeAfter(PAUSE);
      }
    }
  }

  @GuardedBy("holds")
  private void join(List<Waiting> due) {
    List<Waiting> jobs = due.stream().map(job -> job.joined(acceptances.place())).toList();
    joining = jobs.stream().map(Waiting::id).collect(Collectors.toUnmodifiableSet());
    commit =
        journal
            .append(
                jobs.stream().map(job -> new Joined(job.id(), job.place())).toList(),
                () -> joined(jobs))
            .whenComplete((durable, refusal) -> over(due, refusal));
  }

  private void joined(List<Waiting> jobs) {
    synchronized (holds) {
      jobs.forEach(job -> parking.remove(job.id(), job.lane()));
      jobs.forEach(job -> lane(job).admit(job));
    }
  }

  private void over(List<Waiting> jobs, @Nullable Throwable refusal) {
    synchronized (holds) {
      joining = Set.of();
      if (refusal instanceof JournalUnavailable && open) {
        alarm.cancel(false);
        wakeAfter(PAUSE);
      } else {
        if (refusal instanceof Stale) {
          jobs.forEach(this::forget);
        }
        look();
      }
    }
  }

  /** It is not what it was taken for. */
  @GuardedBy("holds")
  private void forget(Waiting job) {
    log.error("The journal refuses job {} its place in line: it is left", job.id());
    parking.remove(job.id(), job.lane());
    holds.remove(job);
  }

  @GuardedBy("holds")
  private Turns lane(Waiting job) {
    return Objects.requireNonNull(lanes.get(job.lane()));
  }
}
