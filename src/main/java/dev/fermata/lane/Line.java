package dev.fermata.lane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.job.JobId;
import dev.fermata.lane.Backlog.Waiting;
import dev.fermata.lane.Refused.BacklogFull;
import dev.fermata.lane.Refused.Draining;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who waits and who runs in one lane. It follows the journal: a job that was taken from the backlog
 * counts as waiting until its start is durable, and as running until its end is. Safe for use by
 * many threads; its monitor is the lane's one lock.
 */
final class Line {

  private final String lane;
  private final int workers;
  private final int capacity;

  @GuardedBy("this")
  private final Backlog backlog = new Backlog();

  @GuardedBy("this")
  private final Map<JobId, Attempt> starting = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Map<JobId, Attempt> running = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Map<JobId, CompletableFuture<Void>> leaving = new HashMap<>();

  @GuardedBy("this")
  private final Pace pace = new Pace();

  /** Submissions on their way to the disk: they have their room already. */
  @GuardedBy("this")
  private int arriving;

  /** Workers that were called and do not rest yet. */
  @GuardedBy("this")
  private int atWork;

  @GuardedBy("this")
  private boolean draining;

  Line(String lane, int workers, int capacity) {
    this.lane = lane;
    this.workers = workers;
    this.capacity = capacity;
  }

  /**
   * Keeps room for one more.
   *
   * @throws Refused when there is none, or when the line drains
   */
  synchronized void arrive() {
    if (draining) {
      throw new Draining();
    }
    if (arriving + waiting() >= capacity) {
      throw new BacklogFull(lane, capacity);
    }
    arriving++;
  }

  synchronized void notArrived() {
    arriving--;
  }

  /** Puts a job in line; returns where it stands, which is last. */
  synchronized Standing arrived(Waiting job, Instant now) {
    arriving--;
    backlog.add(job);
    return standing(job, waiting(), now);
  }

  /** Puts a job at its place, without asking for room. */
  synchronized void restore(Waiting job) {
    backlog.add(job);
  }

  /** Takes a waiting job out for good; null when it does not wait. */
  synchronized @Nullable Waiting leave(JobId id) {
    return backlog.remove(id);
  }

  /** Remembers the commit that ends a job which left, until it has {@link #left}. */
  synchronized void leaves(JobId id, CompletableFuture<Void> commit) {
    leaving.put(id, commit);
  }

  synchronized void left(JobId id) {
    leaving.remove(id);
  }

  /** The commit that ends a job which left a moment ago; null when there is none. */
  synchronized @Nullable CompletableFuture<Void> leaving(JobId id) {
    return leaving.get(id);
  }

  /** From now on nobody arrives and nobody is taken. */
  synchronized void drain() {
    draining = true;
  }

  synchronized boolean draining() {
    return draining;
  }

  /** Whether one more worker is to come: not when all are at work, nor when the line drains. */
  synchronized boolean called() {
    boolean comes = !draining && atWork < workers;
    atWork += comes ? 1 : 0;
    return comes;
  }

  /** Whether nobody waits, so that the worker that asks is at rest from now on. */
  synchronized boolean rests() {
    boolean rests = draining || backlog.size() == 0;
    atWork -= rests ? 1 : 0;
    return rests;
  }

  /** Takes the first in line; null when none waits, or when the line drains. */
  synchronized @Nullable Attempt take(Instant now) {
    @Nullable Waiting first = draining ? null : backlog.first();
    if (first == null) {
      return null;
    }
    backlog.remove(first.id());
    var attempt = new Attempt(first, now);
    starting.put(first.id(), attempt);
    return attempt;
  }

  /** The start that {@link #take} announced did not come about. */
  synchronized void untake(Attempt attempt) {
    starting.remove(attempt.id());
    backlog.add(attempt.waitingBefore());
  }

  /** The start that {@link #take} announced can never come about. */
  synchronized void forget(Attempt attempt) {
    starting.remove(attempt.id());
  }

  synchronized void started(Attempt attempt) {
    starting.remove(attempt.id());
    running.put(attempt.id(), attempt);
  }

  synchronized void ended(Attempt attempt, Instant now) {
    running.remove(attempt.id());
    pace.took(Duration.between(attempt.startedAt(), now));
  }

  synchronized void handedBack(Attempt attempt) {
    running.remove(attempt.id());
    backlog.add(attempt.waitingAfter());
  }

  /** The attempt at a job that was taken and has not ended; null when there is none. */
  synchronized @Nullable Attempt attempt(JobId id) {
    @Nullable Attempt attempt = running.get(id);
    return attempt == null ? starting.get(id) : attempt;
  }

  synchronized List<Attempt> attempts() {
    return Stream.concat(running.values().stream(), starting.values().stream()).toList();
  }

  synchronized LaneView view(Instant now) {
    @Nullable Waiting oldest = oldestWaiting();
    Duration last = timeLeft(now).stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    return new LaneView(
        lane,
        workers,
        waiting(),
        running.size(),
        capacity,
        oldest == null ? null : oldest.submittedAt(),
        Optional.ofNullable(pace.forJobs(waiting(), workers)).map(last::plus).orElse(null));
  }

  synchronized Optional<Standing> standing(JobId id, Instant now) {
    @Nullable Attempt attempt = running.get(id);
    if (attempt != null) {
      return Optional.of(standing(attempt));
    }
    attempt = starting.get(id);
    @Nullable Waiting job = attempt == null ? backlog.find(id) : attempt.waitingBefore();
    return job == null ? Optional.empty() : Optional.of(standing(job, now));
  }

  /** The running ones, and at most {@code limit} of those that wait behind this number. */
  synchronized List<Standing> standings(long afterSeq, int limit, Instant now) {
    var all = new ArrayList<Standing>();
    for (Attempt attempt : running.values()) {
      all.add(standing(attempt));
    }
    for (Attempt attempt : starting.values()) {
      if (attempt.seq() > afterSeq) {
        all.add(standing(attempt.waitingBefore(), now));
      }
    }
    for (Waiting job : backlog.after(afterSeq, limit)) {
      all.add(standing(job, now));
    }
    return all;
  }

  synchronized int waiting() {
    return starting.size() + backlog.size();
  }

  @GuardedBy("this")
  private @Nullable Waiting oldestWaiting() {
    return starting.isEmpty()
        ? backlog.first()
        : starting.values().iterator().next().waitingBefore();
  }

  private static Standing standing(Attempt attempt) {
    return new Standing(attempt.id(), attempt.seq(), null, null, attempt.progress());
  }

  @GuardedBy("this")
  private Standing standing(Waiting job, Instant now) {
    long starts = starting.values().stream().filter(other -> other.seq() < job.seq()).count();
    return standing(job, (int) starts + backlog.position(job), now);
  }

  @GuardedBy("this")
  private Standing standing(Waiting job, int position, Instant now) {
    @Nullable Duration wait = pace.forJobs(position - 1, workers);
    @Nullable Instant start = wait == null ? null : now.plus(untilFree(now)).plus(wait);
    return new Standing(job.id(), job.seq(), position, start, null);
  }

  @GuardedBy("this")
  private Duration untilFree(Instant now) {
    return running.size() < workers
        ? Duration.ZERO
        : timeLeft(now).stream().min(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  /** What is left of each running job, at the lane's pace; empty before the first end. */
  @GuardedBy("this")
  private List<Duration> timeLeft(Instant now) {
    var left = new ArrayList<Duration>();
    for (Attempt attempt : running.values()) {
      pace.left(Duration.between(attempt.startedAt(), now)).ifPresent(left::add);
    }
    return left;
  }
}
