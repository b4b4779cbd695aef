package dev.fermata.lane;

import dev.fermata.job.JobId;
import dev.fermata.job.SessionId;
import dev.fermata.lane.Backlog.Waiting;
import dev.fermata.lane.Refused.BacklogFull;
import dev.fermata.lane.Refused.Draining;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who waits and who runs in one lane. It follows the journal: a job that was taken from the backlog
 * counts as waiting until its start is durable, and as running until its end is. Not safe for use
 * by several threads: the lanes' lock guards it.
 */
final class Line {

  /** A job that was cancelled in line, and the commit of its end. */
  private record Leaving(Waiting job, CompletableFuture<Void> commit) {}

  private final LaneSpec lane;
  private final Backlog backlog = new Backlog();
  private final Crew crew;

  /** On their way to the disk: they have their room already. */
  private final Map<JobId, Waiting> arriving = new HashMap<>();

  private final Map<JobId, Leaving> leaving = new HashMap<>();
  private boolean draining;

  Line(LaneSpec lane) {
    this.lane = lane;
    this.crew = new Crew(lane.workers());
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
    if (arriving.size() + waiting() >= lane.capacity()) {
      throw new BacklogFull(lane.name(), lane.capacity());
    }
  }

  /** The last free place before the first job that waits for a session; null when none does. */
  @Nullable Long placeBefore(SessionId session) {
    @Nullable Waiting first = backlog.first(session);
    if (first == null) {
      return null;
    }
    long place = first.place() - 1;
    while (taken(place)) {
      place--;
    }
    return place;
  }

  /** By a job that is on its way in or out, or may come back. */
  private boolean taken(long place) {
    return Stream.of(
            arriving.values().stream(),
            leaving.values().stream().map(Leaving::job),
            crew.attempts().map(Attempt::waitingBefore))
        .flatMap(jobs -> jobs)
        .anyMatch(job -> job.place() == place);
  }

  void arrives(Waiting job) {
    arriving.put(job.id(), job);
  }

  void notArrived(Waiting job) {
    arriving.remove(job.id());
  }

  /** Puts a job in line; returns where it stands. */
  Standing arrived(Waiting job, Instant now) {
    arriving.remove(job.id());
    backlog.add(job);
    return standing(job, now);
  }

  /** Puts a job at its place, without asking for room. */
  void restore(Waiting job) {
    backlog.add(job);
  }

  /** Takes a waiting job out for good; null when it does not wait. */
  @Nullable Waiting leave(JobId id) {
    return backlog.remove(id);
  }

  /** Remembers the commit that ends a job which left, until it has {@link #left}. */
  void leaves(Waiting job, CompletableFuture<Void> commit) {
    leaving.put(job.id(), new Leaving(job, commit));
  }

  void left(Waiting job) {
    leaving.remove(job.id());
  }

  /** The commit that ends a job which left a moment ago; null when there is none. */
  @Nullable CompletableFuture<Void> leaving(JobId id) {
    @Nullable Leaving left = leaving.get(id);
    return left == null ? null : left.commit();
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
    backlog.add(attempt.waitingBefore());
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
    backlog.add(attempt.waitingAfter());
  }

  /** The attempt at a job that was taken and has not ended; null when there is none. */
  @Nullable Attempt attempt(JobId id) {
    return crew.find(id);
  }

  List<Attempt> attempts() {
    return crew.attempts().toList();
  }

  LaneView view(Instant now) {
    @Nullable Waiting oldest = oldestWaiting();
    return new LaneView(
        lane.name(),
        lane.workers(),
        waiting(),
        crew.running().size(),
        lane.capacity(),
        oldest == null ? null : oldest.submittedAt(),
        crew.untilDrained(waiting(), now));
  }

  Optional<Standing> standing(JobId id, Instant now) {
    @Nullable Attempt attempt = crew.find(id);
    if (attempt != null) {
      return Optional.of(standing(attempt, now));
    }
    return Optional.ofNullable(backlog.find(id)).map(job -> standing(job, now));
  }

  /** The running ones, and at most {@code limit} of those that wait behind this place. */
  List<Standing> standings(long afterPlace, int limit, Instant now) {
    var all = new ArrayList<Standing>();
    for (Attempt attempt : crew.running()) {
      all.add(standing(attempt, now));
    }
    for (Attempt attempt : crew.starting()) {
      if (attempt.place() > afterPlace) {
        all.add(standing(attempt, now));
      }
    }
    for (Waiting job : backlog.after(afterPlace, limit)) {
      all.add(standing(job, now));
    }
    return all;
  }

  private int waiting() {
    return crew.starting().size() + backlog.size();
  }

  private @Nullable Waiting oldestWaiting() {
    return crew.starting().stream()
        .findFirst()
        .map(Attempt::waitingBefore)
        .orElseGet(backlog::first);
  }

  private Standing standing(Attempt attempt, Instant now) {
    if (!crew.runs(attempt.id())) {
      return standing(attempt.waitingBefore(), now);
    }
    var place = new Standing.Place(false, attempt.place());
    return new Standing(attempt.id(), place, null, null, attempt.progress());
  }

  private Standing standing(Waiting job, Instant now) {
    long starts = crew.starting().stream().filter(other -> other.place() < job.place()).count();
    int position = (int) starts + backlog.position(job);
    @Nullable Duration wait = crew.untilStart(position - 1, now);
    @Nullable Instant start = wait == null ? null : now.plus(wait);
    return new Standing(job.id(), new Standing.Place(true, job.place()), position, start, null);
  }
}
