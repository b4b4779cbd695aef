package dev.fermata.lane;

import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import dev.fermata.lane.Backlog.Waiting;
import dev.fermata.lane.Refused.BacklogFull;
import dev.fermata.lane.Refused.Draining;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Who waits and who runs in one lane. It follows the journal: a job that was taken from the backlog
 * counts as waiting until its start is durable, and as running until its end is. Not safe for use
 * by several threads: the lanes' lock guards it.
 */
final class Line {

  private final LaneSpec lane;
  private final Backlog backlog = new Backlog();
  private final Parking parking;
  private final Crew crew;
  private final Outlook outlook;

  /** On their way to the disk: they have their room already. */
  private final Set<JobId> arriving = new HashSet<>();

  /** Cancelled in line, with the commits of their ends. */
  private final Map<JobId, CompletableFuture<Void>> leaving = new HashMap<>();

  private boolean draining;

  /**
   * An empty line.
   *
   * @param parking that of all lanes
   */
  Line(LaneSpec lane, Parking parking) {
    this.lane = lane;
    this.parking = parking;
    this.crew = new Crew(lane.workers());
    this.outlook = new Outlook(lane, backlog, parking, crew);
  }

  String name() {
    return lane.name();
  }

  /**
   * Does nothing when there is room for one more.
   *
   * @throws Refused when there is none, or when the line drains
   */
  void requireRoom() {
    if (draining) {
      throw new Draining();
    }
    if (arriving.size() + outlook.waiting() >= lane.capacity()) {
      throw new BacklogFull(lane.name(), lane.capacity());
    }
  }

  /** The turn of the first in line of a session; null for none. */
  @Nullable Long firstTurn(SessionId session) {
    @Nullable Waiting first = backlog.first(session);
    return first == null ? null : first.turn();
  }

  /** The first turn of a session that stands behind where it came, because it joined later. */
  @Nullable Long firstTurnThatJoined(SessionId session) {
    return backlog.firstTurnThatJoined(session);
  }

  void arrives(Waiting job) {
    arriving.add(job.id());
  }

  void notArrived(Waiting job) {
    arriving.remove(job.id());
  }

  /** Puts a job in line, or parks it; returns where it stands. */
  Standing arrived(Waiting job, Instant now) {
    arriving.remove(job.id());
    restore(job);
    return standing(job.id(), now).orElseThrow();
  }

  /** Puts a job at its place, or parks it, without asking for room. */
  void restore(Waiting job) {
    if (parking.takes(job)) {
      parking.add(job);
    } else {
      backlog.add(job);
    }
  }

  /** Parks a job that could stand in line. */
  void park(Waiting job) {
    parking.add(job);
  }

  /** Whether a turn of its session that comes before a job would stand behind it here. */
  boolean hasEarlierTurnBehind(Waiting job) {
    return backlog.hasEarlierTurnBehind(job);
  }

  /** Parks those of a session whose turn comes after this one, and that stand before a place. */
  void park(SessionId session, long turn, long before) {
    for (Waiting job : backlog.after(turn, before, session)) {
      backlog.remove(job.id());
      parking.add(job);
    }
  }

  /** Whether a job of this lane is parked. */
  boolean parks(JobId id) {
    return parking.find(id, lane.name()) != null;
  }

  /** Takes a waiting job out for good; null when it does not wait. */
  @Nullable Waiting leave(JobId id) {
    @Nullable Waiting job = backlog.remove(id);
    return job == null ? parking.remove(id, lane.name()) : job;
  }

  /** Remembers the commit that ends a job which left, until it has {@link #left}. */
  void leaves(Waiting job, CompletableFuture<Void> commit) {
    leaving.put(job.id(), commit);
  }

  void left(Waiting job) {
    leaving.remove(job.id());
  }

  /** The commit that ends a job which left a moment ago; null when there is none. */
  @Nullable CompletableFuture<Void> leaving(JobId id) {
    return leaving.get(id);
  }

  /** From now on nobody arrives and nobody is taken. */
  void drain() {
    draining = true;
  }

  boolean draining() {
    return draining;
  }

  /** Whether one more worker is to come, because there is work for it. */
  boolean called() {
    return next() != null && crew.called();
  }

  /** Whether there is no work, so that the worker that asks is at rest from now on. */
  boolean rests() {
    boolean rests = next() == null;
    if (rests) {
      crew.rests();
    }
    return rests;
  }

  /**
   * The next to start, if its session is free: with one worker only the first in line. Null for
   * none, or when the line drains.
   */
  @Nullable Waiting next() {
    @Nullable Waiting next = draining ? null : backlog.firstReady();
    boolean passesOthers = lane.workers() > 1;
    return passesOthers || next == null || next.equals(backlog.first()) ? next : null;
  }

  /** The session is not free: its jobs wait for {@link #unblock}. */
  void block(SessionId session) {
    backlog.block(session);
  }

  void unblock(SessionId session) {
    backlog.unblock(session);
  }

  void take(Attempt attempt) {
    backlog.remove(attempt.id());
    crew.takes(attempt);
  }

  /** The start that {@link #take} announced did not come about. */
  void untake(Attempt attempt) {
    crew.drops(attempt);
    restore(attempt.waitingBefore());
  }

  /** The start that {@link #take} announced can never come about. */
  void forget(Attempt attempt) {
    crew.drops(attempt);
  }

  void started(Attempt attempt) {
    crew.started(attempt);
  }

  void ended(Attempt attempt, Instant now) {
    crew.ended(attempt, now);
  }

  void handedBack(Attempt attempt) {
    crew.drops(attempt);
    restore(attempt.waitingAfter());
  }

  /** The attempt at a job that was taken and has not ended; null when there is none. */
  @Nullable Attempt attempt(JobId id) {
    return crew.find(id);
  }

  List<Attempt> attempts() {
    return crew.attempts().toList();
  }

  /** Whether it gets on, and what it waits for; those that are not due wait for the time only. */
  Movement movement(Hindrances hindrances, @Nullable String gaveUp, Instant now) {
    return new Movement(lane.name(), crew.movedAt(), waitsFor(hindrances, now), gaveUp);
  }

  private @Nullable String waitsFor(Hindrances hindrances, Instant now) {
    @Nullable Waiting overdue = parking.overdue(lane.name(), now);
    if (inLine() > 0) {
      return hindrances.inWords(crew, backlog.first(), draining);
    }
    return overdue == null ? null : Hindrances.inWords(overdue);
  }

  /** How many wait and are not parked. */
  int inLine() {
    return crew.starting().size() + backlog.size();
  }

  LaneView view(Instant now) {
    return outlook.view(now);
  }

  Optional<Standing> standing(JobId id, Instant now) {
    return outlook.standing(id, now);
  }

  List<Standing> standings(
      @Nullable Owner owner, Standing.@Nullable Place after, int limit, Instant now) {
    return outlook.standings(owner, after, limit, now);
  }
}
