package dev.fermata.lane;

import dev.fermata.job.Fact.Finished;
import dev.fermata.job.IdempotencyKey;
import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionId;
import dev.fermata.job.Submission;
import dev.fermata.journal.Journal;
import dev.fermata.journal.Room;
import dev.fermata.journal.Unfinished;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All lanes of the server: where submissions go in and where unfinished jobs are found. Safe for
 * use by many threads.
 */
public final class Lanes {

  private static final Logger log = LoggerFactory.getLogger(Lanes.class);

  /** The lane of a job whose own is no longer configured; always there. */
  public static final String DEFAULT = "default";

  /** From the last KILL: to see it, to close the scope and to store the hand-back. */
  private static final Duration SETTLING = Duration.ofMillis(500);

  /** Bounds how many requests to cancel are on their way to the disk. */
  private static final int MOST_TOGETHER = 1000;

  private final Map<String, Lane> byName = new LinkedHashMap<>();
  private final Holds holds;
  private final Due due;
  private final Testimony testimony;
  private final Patience patience;

  /**
   * Lanes that are empty.
   *
   * @param specs one of them is called {@value #DEFAULT}
   * @param quota how many jobs may wait of one owner or session, over all lanes
   * @param executors makes the executor of a lane: as many threads as it has workers, and nobody
   *     else's tasks
   * @param timer tells when a job is due
   * @param patience the one that the worker has
   * @param witness hears what becomes of the jobs
   */
  public Lanes(
      List<LaneSpec> specs,
      Quota quota,
      Function<LaneSpec, ExecutorService> executors,
      Journal journal,
      Acceptances acceptances,
      Worker worker,
      Room room,
      ScheduledExecutorService timer,
      Patience patience,
      Witness witness,
      Clock clock) {
    this.testimony = new Testimony(witness);
    var parking = new Parking();
    this.holds = new Holds(quota);
    this.due = new Due(holds, parking, journal, acceptances, timer, clock);
    for (LaneSpec spec : specs) {
      var line = new Line(spec, parking);
      var executor = executors.apply(spec);
      var handover = new Handover(line, holds, journal, due, patience, testimony, clock);
      var turns = new Turns(line, holds, handover, due, worker, executor, room, patience);
      due.serve(spec.name(), turns);
      var intake =
          new Intake(line, holds, journal, acceptances, turns, due, room, testimony, clock);
      byName.put(spec.name(), new Lane(line, holds, journal, intake, turns, due, testimony, clock));
    }
    this.patience = patience;
  }

  /** Whether a lane of this name is configured. */
  public boolean has(String lane) {
    return byName.containsKey(lane);
  }

  /**
   * Accepts a submission: when this returns, the job is on disk and in line.
   *
   * @param key what it is submitted under, which is durable with it; null for nothing
   * @throws Refused when the lane is full, a quota reached, the session busy or the server stopping
   * @throws dev.fermata.journal.Stale when the key may have been used; never without one
   * @throws dev.fermata.journal.JournalUnavailable when it can't be stored
   */
  public Acceptance submit(Submission submission, OnBusy onBusy, @Nullable IdempotencyKey key) {
    return lane(submission.lane()).submit(submission, onBusy, key);
  }

  /**
   * Asks an unfinished job to stop.
   *
   * @throws dev.fermata.journal.JournalUnavailable when the request can't be stored
   */
  public CancelAnswer cancel(JobId id, Reason reason) {
    return byName.values().stream()
        .map(lane -> lane.cancel(id, reason))
        .filter(answer -> !(answer instanceof CancelAnswer.NotInLine))
        .findFirst()
        .orElseGet(CancelAnswer.NotInLine::new);
  }

  /**
   * Asks many unfinished jobs to stop: those that wait first, the last of them before the others,
   * so that none of them starts because another one ended. They share commits.
   *
   * @return how many of them had not ended
   * @throws dev.fermata.journal.JournalUnavailable when not all of it can be stored
   */
  public int cancelAll(List<JobId> ids, Reason reason) {
    Map<Boolean, List<JobId>> byRunning =
        ids.reversed().stream().collect(Collectors.partitioningBy(this::runs));
    return Stream.of(false, true)
        .flatMap(running -> byRunning.getOrDefault(running, List.of()).stream())
        .gather(Gatherers.windowFixed(MOST_TOGETHER))
        .mapToInt(some -> cancelTogether(some, reason))
        .sum();
  }

  private boolean runs(JobId id) {
    return byName.values().stream().anyMatch(lane -> lane.has(id));
  }

  private int cancelTogether(List<JobId> ids, Reason reason) {
    List<Supplier<CancelAnswer>> asked =
        ids.stream().flatMap(id -> ask(id, reason).stream()).toList();
    int unfinished = 0;
    @Nullable RuntimeException failure = null;
    for (Supplier<CancelAnswer> answer : asked) {
      try {
        unfinished += answer.get() instanceof CancelAnswer.NotInLine ? 0 : 1;
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure; // the others are asked already: each is told
      }
    }
    if (failure != null) {
      throw failure;
    }
    return unfinished;
  }

  private Optional<Supplier<CancelAnswer>> ask(JobId id, Reason reason) {
    return byName.values().stream()
        .map(lane -> lane.ask(id, reason))
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** The job that has a session open now; empty when none has. */
  public Optional<JobId> holder(SessionId session) {
    synchronized (holds) {
      return Optional.ofNullable(holds.holder(session)).map(Attempt::id);
    }
  }

  /** Where an unfinished job stands; empty for one that has ended. */
  public Optional<Standing> standing(JobId id) {
    return byName.values().stream().flatMap(lane -> lane.standing(id).stream()).findFirst();
  }

  /** Every lane, in the order of their declaration. */
  public List<LaneView> views() {
    return byName.values().stream().map(Lane::view).toList();
  }

  /**
   * The unfinished jobs of one lane, or of all, in the order in which they started or will start:
   * the running ones, those in line, and those that are parked.
   *
   * @param owner null for those of everybody
   * @param lane null for all lanes
   * @param after where the page before ended; null for the first page
   */
  public List<Standing> line(
      @Nullable Owner owner, @Nullable String lane, Standing.@Nullable Place after, int limit) {
    return (lane == null ? byName.values() : List.of(lane(lane)))
        .stream()
            .flatMap(each -> each.standings(owner, after, limit).stream())
            .filter(standing -> after == null || standing.place().compareTo(after) > 0)
            .sorted(Comparator.comparing(Standing::place))
            .limit(limit)
            .toList();
  }

  /** Whether each lane gets on, and what it waits for if not, in the order of their declaration. */
  public List<Movement> movements() {
    var hindrances = new Hindrances(holds, patience, this::laneOf);
    return byName.values().stream().map(lane -> lane.movement(hindrances)).toList();
  }

  private String laneOf(JobId attempted) {
    return byName.entrySet().stream()
        .filter(lane -> lane.getValue().has(attempted))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("none");
  }

  /** Whether every lane has its workers; false once they were stopped. */
  public boolean alive() {
    return byName.values().stream().allMatch(Lane::alive);
  }

  /** Since when the job that has run longest runs; empty while none runs. */
  public Optional<Instant> runningSince() {
    return byName.values().stream()
        .flatMap(lane -> lane.runningSince().stream())
        .min(Comparator.naturalOrder());
  }

  /**
   * Puts a job back that waited before the server started, in line or parked; it starts after
   * {@link #begin}.
   */
  public void restore(Unfinished job) {
    Lane lane = byName.get(job.lane());
    if (lane == null) {
      log.warn(
          "Job {} waits in lane {}: there is no lane {} any more", job.id(), DEFAULT, job.lane());
      lane = lane(DEFAULT);
    }
    lane.restore(job);
  }

  /** A job that ran when an earlier server died has ended, durably, and is not run again. */
  public void endedBefore(Unfinished job, Finished end) {
    testimony.ended(Passage.orphan(job, has(job.lane()) ? job.lane() : DEFAULT, end));
  }

  /**
   * All that waited is restored: from now on the workers take what is in line, and parked jobs join
   * it when they are due.
   */
  public void begin() {
    byName.values().forEach(Lane::begin);
    due.begin();
  }

  /**
   * Stops all lanes: takes no more submissions, lets the running jobs go on for the grace, then
   * hands back those that still run. Returns when every worker is at rest, or when the grace is
   * over.
   *
   * @param grace how long the stop may take in all
   * @param killGrace how much of the grace is left for handing back
   */
  public void stop(Duration grace, Duration killGrace) throws InterruptedException {
    long end = System.nanoTime() + grace.toNanos();
    Collection<Lane> lanes = byName.values();
    due.end();
    lanes.forEach(Lane::drain);
    awaitRest(lanes, end - killGrace.plus(SETTLING).toNanos());
    lanes.forEach(Lane::handBack);
    if (!awaitRest(lanes, end + SETTLING.toNanos())) {
      log.warn("A job did not stop within the grace; the next start takes it for a crash");
    }
    patience.giveUp();
  }

  private static boolean awaitRest(Collection<Lane> lanes, long until) throws InterruptedException {
    boolean rest = true;
    for (Lane lane : lanes) {
      rest &= lane.awaitRest(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
    }
    return rest;
  }

  private Lane lane(String name) {
    return Optional.ofNullable(byName.get(name))
        .orElseThrow(() -> new IllegalArgumentException("there is no lane " + name));
  }
}
