package dev.fermata.lane;

import static dev.fermata.journal.Sample.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The jobs that wait, by their places. */
class BacklogTest {

  private final Backlog backlog = new Backlog();

  @Test
  void placesGiveTheOrderAndNotTheComing() {
    backlog.add(job(3));
    backlog.add(job(1));
    backlog.add(job(2));

    assertThat(backlog.first()).isEqualTo(job(1));
    assertThat(backlog.behind(0, 10, null)).containsExactly(job(1), job(2), job(3));
    assertThat(backlog.behind(1, 1, null)).containsExactly(job(2));
    assertThat(backlog.position(job(3))).isEqualTo(3);
  }

  @Test
  void removedJobLeavesNoGap() {
    backlog.add(job(1));
    backlog.add(job(2));
    backlog.add(job(3));

    assertThat(backlog.remove(job(2).id())).isEqualTo(job(2));

    assertThat(backlog.size()).isEqualTo(2);
    assertThat(backlog.position(job(3))).isEqualTo(2);
    assertThat(backlog.find(job(2).id())).isNull();
    assertThat(backlog.remove(job(2).id())).isNull();
  }

  @Test
  void emptyBacklogHasNoFirst() {
    assertThat(backlog.first()).isNull();
    assertThat(backlog.size()).isZero();
  }

  @Test
  void onlyTheFirstOfASessionIsReadyAndNoneWhileItIsBlocked() {
    backlog.add(job(2, "a"));
    backlog.add(job(1, "a"));
    backlog.add(job(4, "b"));
    assertThat(backlog.firstReady()).isEqualTo(job(1, "a"));

    backlog.block(session("a"));
    assertThat(backlog.firstReady()).isEqualTo(job(4, "b"));
    backlog.add(job(0, "a"));
    backlog.add(job(5));
    assertThat(backlog.firstReady()).isEqualTo(job(4, "b"));

    backlog.unblock(session("a"));
    assertThat(backlog.firstReady()).isEqualTo(job(0, "a"));
    backlog.remove(job(0, "a").id());
    assertThat(backlog.firstReady()).isEqualTo(job(1, "a"));
    assertThat(backlog.first(session("a"))).isEqualTo(job(1, "a"));
  }

  @Test
  void sessionThatNobodyWaitsForIsForgotten() {
    backlog.add(job(1, "a"));
    backlog.block(session("a"));
    backlog.remove(job(1, "a").id());
    backlog.unblock(session("a"));
    assertThat(backlog.firstReady()).isNull();
    assertThat(backlog.first(session("a"))).isNull();

    backlog.add(job(2, "a"));
    assertThat(backlog.firstReady()).isEqualTo(job(2, "a"));
  }

  @Test
  void jobsOfOneOwnerAreFoundAmongThoseOfOthers() {
    var ada = new Owner("ada");
    backlog.add(job(1));
    backlog.add(job(2, ada));
    backlog.add(job(3));
    backlog.add(job(4, ada));
    backlog.add(job(5, ada));

    assertThat(backlog.behind(0, 10, ada)).containsExactly(job(2, ada), job(4, ada), job(5, ada));
    assertThat(backlog.behind(2, 1, ada)).containsExactly(job(4, ada));
    assertThat(backlog.behind(0, 10, Owner.NOBODY)).containsExactly(job(1), job(3));
    backlog.remove(job(4, ada).id());
    assertThat(backlog.behind(2, 10, ada)).containsExactly(job(5, ada));
    backlog.remove(job(2, ada).id());
    backlog.remove(job(5, ada).id());
    assertThat(backlog.behind(0, 10, ada)).isEmpty();
  }

  private static Waiting job(long place) {
    return job(place, Owner.NOBODY);
  }

  private static Waiting job(long place, Owner owner) {
    return job(place, owner, null);
  }

  private static Waiting job(long place, @Nullable String session) {
    return job(place, Owner.NOBODY, session);
  }

  private static Waiting job(long place, Owner owner, @Nullable String session) {
    return new Waiting(
        new JobId(new UUID(0, place)),
        "kind",
        "lane",
        place,
        place,
        owner,
        session == null ? null : session(session),
        0,
        Instant.EPOCH,
        Instant.EPOCH,
        null);
  }
}
