package dev.fermata.lane;

import dev.fermata.job.JobId;
import dev.fermata.job.SessionId;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of all lanes that are parked: they wait, and are not in line. Those are the ones that
 * are not due yet, and the turns behind them on their sessions. Not safe for use by several
 * threads: the lanes' lock guards it.
 */
final class Parking {

  private static final Comparator<Waiting> BY_TURN =
      Comparator.comparingLong(Waiting::turn).thenComparing(Waiting::id);

  /** Those that wait for no time, but waited for another job, come first. */
  private static final Comparator<Waiting> BY_DUE =
      Comparator.comparing(Waiting::dueAt, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(BY_TURN);

  private final Map<JobId, Waiting> byId = new HashMap<>();
  private final Map<String, NavigableSet<Waiting>> byLane = new HashMap<>();

  /** By session; a job of no session stands by itself. */
  private final Map<Object, NavigableSet<Waiting>> bySession = new HashMap<>();

  /** The first turn of each session: no other one of it joins before. */
  private final NavigableSet<Waiting> firsts = new TreeSet<>(BY_DUE);

  /** Whether a job does not belong in line: it is not due, or its turn is behind one of these. */
  boolean takes(Waiting job) {
    @Nullable Long first = job.session() == null ? null : first(job.session());
    return job.dueAt() != null || (first != null && first < job.turn());
  }

  void add(Waiting job) {
    byId.put(job.id(), job);
    byLane.computeIfAbsent(job.lane(), lane -> new TreeSet<>(BY_TURN)).add(job);
    NavigableSet<Waiting> turns =
        bySession.computeIfAbsent(turn(job), session -> new TreeSet<>(BY_TURN));
    if (!turns.isEmpty()) {
      firsts.remove(turns.first());
    }
    turns.add(job);
    firsts.add(turns.first());
  }

  /** Takes a job out; null when it is not parked in this lane. */
  @Nullable Waiting remove(JobId id, String lane) {
    @Nullable Waiting job = find(id, lane);
    if (job != null) {
      byId.remove(id);
      in(lane).remove(job);
      NavigableSet<Waiting> turns = Objects.requireNonNull(bySession.get(turn(job)));
      firsts.remove(turns.first());
      turns.remove(job);
      if (turns.isEmpty()) {
        bySession.remove(turn(job));
      } else {
        firsts.add(turns.first());
      }
    }
    return job;
  }

  /** Null when it is not parked in this lane. */
  @Nullable Waiting find(JobId id, String lane) {
    @Nullable Waiting job = byId.get(id);
    return job == null || job.lane().equals(lane) ? job : null;
  }

  /** The first turn of a session that is parked; null for none. */
  @Nullable Long first(SessionId session) {
    @Nullable NavigableSet<Waiting> turns = bySession.get(session);
    return turns == null ? null : turns.first().turn();
  }

  int size(String lane) {
    return in(lane).size();
  }

  /** At most {@code limit} wanted ones of a lane whose turn comes after this one, in order. */
  List<Waiting> after(String lane, long turn, int limit, Predicate<Waiting> wanted) {
    return in(lane).stream()
        .dropWhile(job -> job.turn() <= turn)
        .filter(wanted)
        .limit(limit)
        .toList();
  }

  /**
   * Who may join now: those that were due earlier first, each with the turns behind it. A turn in
   * another lane would not stand behind it there, and so stays until it has started.
   *
   * @param unopposed whether no earlier turn of a job's session is in line in another lane
   */
  List<Waiting> due(Instant now, Predicate<Waiting> unopposed, int limit) {
    return firsts.stream()
        .takeWhile(first -> first.isDue(now))
        .filter(unopposed)
        .flatMap(first -> withThoseBehind(first, now))
        .limit(limit)
        .toList();
  }

  private Stream<Waiting> withThoseBehind(Waiting first, Instant now) {
    return Objects.requireNonNull(bySession.get(turn(first))).stream()
        .takeWhile(job -> job.isDue(now) && job.lane().equals(first.lane()));
  }

  /** When somebody is due who is not yet; null when nobody is. */
  @Nullable Instant nextDue(Instant now) {
    return firsts.stream()
        .filter(first -> !first.isDue(now))
        .map(Waiting::dueAt)
        .findFirst()
        .orElse(null);
  }

  /** One of a lane whose time has come: it waits for an earlier turn of its session. */
  @Nullable Waiting overdue(String lane, Instant now) {
    return firsts.stream()
        .takeWhile(first -> first.isDue(now))
        .filter(first -> first.lane().equals(lane))
        .findFirst()
        .orElse(null);
  }

  private NavigableSet<Waiting> in(String lane) {
    return byLane.getOrDefault(lane, new TreeSet<>(BY_TURN));
  }

  private static Object turn(Waiting job) {
    return job.session() == null ? job.id() : job.session();
  }
}
