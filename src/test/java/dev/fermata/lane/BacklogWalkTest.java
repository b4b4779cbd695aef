package dev.fermata.lane;

import static dev.fermata.journal.Sample.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever comes, goes and is blocked, a backlog says what a plain list of its jobs says: of
 * several owners and sessions, and with jobs that stand elsewhere than they came.
 */
class BacklogWalkTest {

  private static final List<SessionId> SESSIONS =
      List.of(
          session("a"),
          session("b"),
          new SessionId(new Owner("ada"), "a"),
          new SessionId(new Owner("bob"), "a"));
  private static final List<Owner> OWNERS =
      List.of(Owner.NOBODY, new Owner("ada"), new Owner("bob"));
  private static final int PLACES = 60;

  private final Backlog backlog = new Backlog();
  private final List<Waiting> list = new ArrayList<>();
  private final Set<SessionId> blocked = new HashSet<>();
  private int ids;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithAList(long seed) {
    var random = new Random(seed);
    for (int step = 0; step < 2000; step++) {
      SessionId session = SESSIONS.get(random.nextInt(SESSIONS.size()));
      switch (random.nextInt(8)) {
        case 0 -> block(session);
        case 1 -> unblock(session);
        case 2, 3, 4 -> leave(random.nextInt(PLACES));
        default -> come(random, random.nextInt(PLACES));
      }
      assertAgree(random);
    }
  }

  private void come(Random random, long place) {
    if (list.stream().noneMatch(job -> job.place() == place)) {
      Waiting job = job(random, place);
      backlog.add(job);
      list.add(job);
      list.sort(Comparator.comparingLong(Waiting::place));
    }
  }

  private Waiting job(Random random, long place) {
    int any = random.nextInt(SESSIONS.size() * 2);
    @Nullable SessionId session = any < SESSIONS.size() ? SESSIONS.get(any) : null;
    Owner owner = session == null ? OWNERS.get(random.nextInt(OWNERS.size())) : session.owner();
    return new Waiting(
        new JobId(new UUID(0, ++ids)),
        "kind",
        "lane",
        random.nextInt(PLACES),
        place,
        owner,
        session,
        0,
        Instant.EPOCH,
        Instant.EPOCH,
        null);
  }

  private void leave(int at) {
    JobId id = at < list.size() ? list.get(at).id() : new JobId(new UUID(1, at));
    @Nullable Waiting expected = at < list.size() ? list.remove(at) : null;

    assertThat(backlog.remove(id)).isEqualTo(expected);
    if (expected != null && expected.session() != null && of(expected.session()).isEmpty()) {
      blocked.remove(expected.session()); // nobody is left to be told that it is free
    }
  }

  private void block(SessionId session) {
    backlog.block(session);
    blocked.add(session);
  }

  private void unblock(SessionId session) {
    backlog.unblock(session);
    blocked.remove(session);
  }

  private List<Waiting> of(SessionId session) {
    return list.stream().filter(job -> session.equals(job.session())).toList();
  }

  private void assertAgree(Random random) {
    assertThat(backlog.size()).isEqualTo(list.size());
    assertThat(backlog.first()).isEqualTo(first(list, job -> true));
    assertThat(backlog.firstReady()).isEqualTo(first(list, this::ready));
    for (SessionId session : SESSIONS) {
      assertThat(backlog.first(session)).isEqualTo(first(of(session), job -> true));
    }
    long place = random.nextInt(-1, PLACES + 1);
    int limit = random.nextInt(10);
    assertThat(backlog.behind(place, limit, null)).isEqualTo(behind(place, limit, null));
    for (Owner owner : OWNERS) {
      assertThat(backlog.behind(place, limit, owner)).isEqualTo(behind(place, limit, owner));
    }
    for (Waiting job : list) {
      assertThat(backlog.find(job.id())).isEqualTo(job);
      assertThat(backlog.position(job)).isEqualTo(1 + list.indexOf(job));
    }
    assertTurnsAgree(place, random.nextInt(PLACES), job(random, place));
  }

  private void assertTurnsAgree(long place, long turn, Waiting other) {
    for (SessionId session : SESSIONS) {
      assertThat(backlog.after(turn, place, session))
          .isEqualTo(
              of(session).stream()
                  .filter(job -> job.turn() > turn && job.place() < place)
                  .toList());
    }
    assertThat(backlog.hasEarlierTurnBehind(other))
        .isEqualTo(
            other.session() != null
                && of(other.session()).stream()
                    .anyMatch(job -> job.place() >= place && job.turn() < other.turn()));
  }

  private boolean ready(Waiting job) {
    return job.session() == null
        || (!blocked.contains(job.session()) && job.equals(of(job.session()).getFirst()));
  }

  private List<Waiting> behind(long place, int limit, @Nullable Owner owner) {
    return list.stream()
        .filter(job -> job.place() > place)
        .filter(job -> owner == null || Objects.equals(job.owner(), owner))
        .limit(limit)
        .toList();
  }

  private static @Nullable Waiting first(List<Waiting> jobs, Predicate<Waiting> wanted) {
    return jobs.stream().filter(wanted).findFirst().orElse(null);
  }
}
