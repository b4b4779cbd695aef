package dev.fermata.lane;

import dev.fermata.job.Fact.Finished;
import dev.fermata.job.JobId;
import dev.fermata.job.Outcome;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionId;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a lane that wait, in their order, and which of them are ready: those of no session,
 * and the first of each session that is not blocked. Finding, placing and removing any of them
 * costs O(log n), however many wait for a session. Not safe for use by several threads: the lanes'
 * lock guards it.
 */
final class Backlog {

  /**
   * A job that waits.
   *
   * @param kind what sort of query it is
   * @param lane whose line it stands in
   * @param turn its place as it was accepted: smaller ones come earlier on their session
   * @param place where it stands in line now: smaller ones start earlier
   * @param owner whose it is
   * @param session the state that it works on; null for none
   * @param attempt how often it has started already
   * @param since when it joined the line, or was due to
   * @param dueAt when it may join the line; null for one that has joined
   */
  record Waiting(
      JobId id,
      String kind,
      String lane,
      long turn,
      long place,
      Owner owner,
      @Nullable SessionId session,
      int attempt,
      Instant submittedAt,
      Instant since,
      @Nullable Instant dueAt) {

    /** Whether it is of this owner; of null everything is. */
    boolean isOf(@Nullable Owner wanted) {
      return wanted == null || owner.equals(wanted);
    }

    boolean isDue(Instant now) {
      return dueAt == null || !dueAt.isAfter(now);
    }

    /** The same job, once it has joined the line. */
    Waiting joined(long newPlace) {
      Instant joinedAt = dueAt == null ? since : dueAt;
      return new Waiting(
          id, kind, lane, turn, newPlace, owner, session, attempt, submittedAt, joinedAt, null);
    }

    /** How it ends when it is cancelled in line. */
    Finished cancelled(Reason reason, Instant now) {
      var outcome = new Outcome.Cancelled(reason, null);
      return new Finished(id, attempt, now, null, outcome, null, List.of(), null);
    }
  }

  /** Those that are ready are marked. */
  private final RankedMap<Waiting> line = new RankedMap<>();

  private final Map<JobId, Waiting> byId = new HashMap<>();

  /**
   * So that whoever has few jobs among many of others need not look at theirs. Those that came
   * without a key are nobody's, and not here: there may be a million, and hardly any of others.
   */
  private final Map<Owner, NavigableMap<Long, Waiting>> byOwner = new HashMap<>();

  /** How many of each kind. */
  private final Map<String, Integer> kinds = new HashMap<>();

  private final Map<SessionId, NavigableMap<Long, Waiting>> bySession = new HashMap<>();
  private final Set<SessionId> blocked = new HashSet<>();

  int size() {
    return line.size();
  }

  /** How many of each kind are in line. */
  Map<String, Integer> kinds() {
    return Collections.unmodifiableMap(kinds);
  }

  /** Puts a job in line, at its place. */
  void add(Waiting job) {
    byId.put(job.id(), job);
    kinds.merge(job.kind(), 1, Integer::sum);
    if (!job.owner().equals(Owner.NOBODY)) {
      byOwner.computeIfAbsent(job.owner(), first -> new TreeMap<>()).put(job.place(), job);
    }
    @Nullable SessionId session = job.session();
    line.put(job.place(), job, session == null);
    if (session != null) {
      withdraw(session);
      bySession.computeIfAbsent(session, first -> new TreeMap<>()).put(job.place(), job);
      offer(session);
    }
  }

  /** Takes a job out of line; null when it does not wait here. */
  @Nullable Waiting remove(JobId id) {
    @Nullable Waiting job = byId.remove(id);
    if (job != null) {
      line.remove(job.place());
      kinds.computeIfPresent(job.kind(), (kind, count) -> count == 1 ? null : count - 1);
      byOwner.computeIfPresent(job.owner(), (owner, jobs) -> without(job, jobs));
      if (job.session() != null) {
        leave(job.session(), job.place());
      }
    }
    return job;
  }

  /** The rest; null for nothing. */
  private static @Nullable NavigableMap<Long, Waiting> without(
      Waiting job, NavigableMap<Long, Waiting> jobs) {
    jobs.remove(job.place());
    return jobs.isEmpty() ? null : jobs;
  }

  private void leave(SessionId session, long place) {
    @Nullable NavigableMap<Long, Waiting> jobs = bySession.get(session);
    if (jobs != null) {
      jobs.remove(place);
      if (jobs.isEmpty()) {
        bySession.remove(session);
        blocked.remove(session);
      }
    }
    offer(session);
  }

  /** From now on no job of this session is ready. */
  void block(SessionId session) {
    withdraw(session);
    blocked.add(session);
  }

  /** From now on the first job of this session is ready. */
  void unblock(SessionId session) {
    blocked.remove(session);
    offer(session);
  }

  private void withdraw(SessionId session) {
    @Nullable Waiting first = first(session);
    if (first != null) {
      line.mark(first.place(), false);
    }
  }

  private void offer(SessionId session) {
    @Nullable Waiting first = first(session);
    if (first != null && !blocked.contains(session)) {
      line.mark(first.place(), true);
    }
  }

  /** The first in line; null when none waits. */
  @Nullable Waiting first() {
    return line.first();
  }

  /** The first in line of those that are ready; null for none. */
  @Nullable Waiting firstReady() {
    return line.firstMarked();
  }

  /** The first in line of this session; null for none. */
  @Nullable Waiting first(SessionId session) {
    @Nullable NavigableMap<Long, Waiting> jobs = bySession.get(session);
    return jobs == null ? null : jobs.firstEntry().getValue();
  }

  /** The first turn of this session that stands elsewhere than it came; null for none. */
  @Nullable Long firstTurnThatJoined(SessionId session) {
    return bySession.getOrDefault(session, Collections.emptyNavigableMap()).values().stream()
        .filter(job -> job.place() != job.turn())
        .map(Waiting::turn)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Those of this session whose turn comes after this one, and that stand before a place. */
  List<Waiting> after(long turn, long before, SessionId session) {
    return bySession
        .getOrDefault(session, Collections.emptyNavigableMap())
        .headMap(before)
        .values()
        .stream()
        .filter(job -> job.turn() > turn)
        .toList();
  }

  /** Whether a turn of its session that comes before a job would stand behind it. */
  boolean hasEarlierTurnBehind(Waiting job) {
    @Nullable NavigableMap<Long, Waiting> jobs =
        job.session() == null ? null : bySession.get(job.session());
    return jobs != null
        && jobs.tailMap(job.place()).values().stream().anyMatch(it -> it.turn() < job.turn());
  }

  @Nullable Waiting find(JobId id) {
    return byId.get(id);
  }

  /** 1 for the next to start; also of a job that does not wait here, by its place. */
  int position(Waiting job) {
    return line.rank(job.place());
  }

  /**
   * At most {@code limit} jobs that stand behind this place, in order.
   *
   * @param owner null for those of everybody
   */
  List<Waiting> behind(long place, int limit, @Nullable Owner owner) {
    if (owner == null || owner.equals(Owner.NOBODY)) {
      return line.after(place, limit, job -> job.isOf(owner));
    }
    return byOwner
        .getOrDefault(owner, Collections.emptyNavigableMap())
        .tailMap(place, false)
        .values()
        .stream()
        .limit(limit)
        .toList();
  }
}
