package dev.fermata.lane;

import dev.fermata.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a lane and the attempts that they are at: a start that is not durable yet counts
 * as starting, and an attempt as running until its end is durable. Not safe for use by several
 * threads: the lanes' lock guards it.
 */
final class Crew {

  private final int workers;
  private final Map<JobId, Attempt> starting = new LinkedHashMap<>();
  private final Map<JobId, Attempt> running = new LinkedHashMap<>();
  private final Pace pace = new Pace();

  /** Workers that were called and do not rest yet. */
  private int atWork;

  private @Nullable Instant movedAt;

  Crew(int workers) {
    this.workers = workers;
  }

  int workers() {
    return workers;
  }

  /** Whether one more worker comes: not when all are at work. */
  boolean called() {
    boolean comes = atWork < workers;
    atWork += comes ? 1 : 0;
    return comes;
  }

  void rests() {
    atWork--;
  }

  void takes(Attempt attempt) {
    starting.put(attempt.id(), attempt);
  }

  void started(Attempt attempt) {
    starting.remove(attempt.id());
    running.put(attempt.id(), attempt);
    movedAt = attempt.startedAt();
  }

  /** Its start did not come about, or it was handed back. */
  void drops(Attempt attempt) {
    starting.remove(attempt.id());
    running.remove(attempt.id());
  }

  void ended(Attempt attempt, Instant now) {
    running.remove(attempt.id());
    movedAt = now;
    pace.took(attempt.waitingBefore().kind(), Duration.between(attempt.startedAt(), now));
  }

  Collection<Attempt> starting() {
    return Collections.unmodifiableCollection(starting.values());
  }

  Collection<Attempt> running() {
    return Collections.unmodifiableCollection(running.values());
  }

  /** When an attempt last started or ended; null before the first. */
  @Nullable Instant movedAt() {
    return movedAt;
  }

  /** Whether every worker has a job that runs. */
  boolean allRun() {
    return running.size() >= workers;
  }

  /** Those that run, and those that start. */
  Stream<Attempt> attempts() {
    return Stream.concat(running.values().stream(), starting.values().stream());
  }

  /** The attempt at a job that was taken and has not ended; null when there is none. */
  @Nullable Attempt find(JobId id) {
    @Nullable Attempt attempt = running.get(id);
    return attempt == null ? starting.get(id) : attempt;
  }

  boolean runs(JobId id) {
    return running.containsKey(id);
  }

  /** How long jobs took here. */
  Pace pace() {
    return pace;
  }

  /** Until all that run have ended, as far as that is known. */
  Duration untilAllEnd(Instant now) {
    return timeLeft(now).stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  /** Until a worker has nothing to do, as far as that is known. */
  Duration untilFree(Instant now) {
    return running.size() < workers
        ? Duration.ZERO
        : timeLeft(now).stream().min(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  /** What is left of each running job, at the lane's pace; empty before the first end. */
  private List<Duration> timeLeft(Instant now) {
    var left = new ArrayList<Duration>();
    for (Attempt attempt : running.values()) {
      Duration ran = Duration.between(attempt.startedAt(), now);
      pace.left(attempt.waitingBefore().kind(), ran).ifPresent(left::add);
    }
    return left;
  }
}
