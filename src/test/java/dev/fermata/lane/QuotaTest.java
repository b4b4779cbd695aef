package dev.fermata.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import dev.fermata.job.Submission;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many jobs of one owner and of one session may wait at a time. */
@Timeout(60)
class QuotaTest {

  private static final Owner ALICE = new Owner("alice");
  private static final Owner BOB = new Owner("bob");
  private static final List<LaneSpec> TWO_LANES =
      List.of(new LaneSpec(Lanes.DEFAULT, 1, 1000), new LaneSpec("chat", 1, 1000));

  @TempDir private Path directory;

  private final HeldTurns turns = new HeldTurns();
  private Workshop workshop;

  @BeforeEach
  void fiveOfAnOwnerAndThreeOfASession() {
    open(new Quota(5, 3));
  }

  private void open(Quota quota) {
    workshop = new Workshop(directory, TWO_LANES, quota, Map.of("held", turns), List.of());
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  private JobId submit(Owner owner, String lane, @Nullable String session) {
    var submission =
        new Submission(
            owner,
            "held",
            lane,
            session == null ? null : new SessionId(owner, session),
            Map.of(),
            null,
            CommitPolicy.DEFAULT,
            OnDisconnect.CONTINUE,
            List.of());
    return workshop.lanes.submit(submission, OnBusy.ENQUEUE, null).job().id();
  }

  private JobId submit(Owner owner) {
    return submit(owner, Lanes.DEFAULT, null);
  }

  /** One that has started, and so counts no more. */
  private JobId running(Owner owner, @Nullable String session) {
    JobId id = submit(owner, Lanes.DEFAULT, session);
    turns.awaitBegun(id);
    return id;
  }

  private void assertOwnerQuota(Owner owner) {
    assertThatThrownBy(() -> submit(owner, "chat", null))
        .isInstanceOf(Refused.OwnerQuota.class)
        .hasMessageContaining("5 jobs waiting");
  }

  @Test
  void ownerMayHaveSomeWaitingOverAllLanesBesideThoseThatRun() {
    running(ALICE, null);
    turns.awaitBegun(submit(BOB, "chat", null));
    for (int i = 0; i < 5; i++) {
      submit(ALICE, i % 2 == 0 ? "chat" : Lanes.DEFAULT, null);
    }

    assertOwnerQuota(ALICE);
    submit(BOB);
    assertThat(workshop.journal.facts(Accepted.class)).hasSize(8);
  }

  @Test
  void ofFiftyAtOnceExactlyTheQuotaIsAccepted() throws Exception {
    JobId running = running(ALICE, null);
    var start = new CyclicBarrier(50);
    Callable<Boolean> one =
        () -> {
          start.await();
          try {
            submit(ALICE);
            return true;
          } catch (Refused.OwnerQuota e) {
            return false;
          }
        };
    List<Boolean> accepted;
    try (ExecutorService clients = Executors.newFixedThreadPool(50)) {
      accepted =
          clients.invokeAll(Stream.generate(() -> one).limit(50).toList()).stream()
              .map(Future::resultNow)
              .toList();
    }

    assertThat(accepted.stream().filter(Boolean::booleanValue)).hasSize(5);
    assertThat(workshop.lanes.line(null, null, null, 100)).hasSize(6);
    assertThat(workshop.journal.facts(Accepted.class)).hasSize(6);
    assertThat(workshop.lanes.line(null, null, null, 1).getFirst().id()).isEqualTo(running);
  }

  @Test
  void whoStartsIsCancelledOrIsNotStoredMakesRoom() {
    JobId running = running(ALICE, null);
    JobId next = submit(ALICE);
    submit(ALICE);
    JobId cancelled = submit(ALICE);
    submit(ALICE);
    submit(ALICE);
    assertOwnerQuota(ALICE);

    workshop.cancel(cancelled);
    workshop.journal.refuse(Accepted.class::isInstance);
    for (int i = 0; i < 9; i++) {
      assertThatThrownBy(() -> submit(ALICE)).isInstanceOf(JournalUnavailable.class);
    }
    workshop.journal.refuseNothing();
    submit(ALICE);
    assertOwnerQuota(ALICE);

    turns.letGo(running);
    turns.awaitBegun(next);
    submit(ALICE);
    assertOwnerQuota(ALICE);
  }

  @Test
  void sessionMayHaveSomeWaitingOverAllLanes() {
    running(ALICE, "talk");
    submit(ALICE, Lanes.DEFAULT, "talk");
    submit(ALICE, "chat", "talk");
    submit(ALICE, "chat", "talk");

    assertThatThrownBy(() -> submit(ALICE, "chat", "talk"))
        .isInstanceOf(Refused.SessionQuota.class)
        .hasMessageContainingAll("talk", "3 jobs waiting");
    submit(BOB, Lanes.DEFAULT, "talk");
    submit(ALICE, Lanes.DEFAULT, "other");
  }

  @Test
  void recoveryRefusesNobodyAndCountsAll() {
    running(BOB, null);
    for (int seq = 101; seq <= 107; seq++) {
      Job job = Sample.inSession(seq, new SessionId(ALICE, "talk"));
      workshop.journal.append(new Accepted(job)).join();
    }

    workshop.journal.replay(
        job -> {
          if (job.owner().equals(ALICE)) {
            workshop.lanes.restore(job);
          }
        });

    assertThat(workshop.lanes.line(null, null, null, 100)).hasSize(8);
    assertThatThrownBy(() -> submit(ALICE)).isInstanceOf(Refused.OwnerQuota.class);
  }

  @Test
  void zeroIsNoQuota() {
    workshop.close();
    open(new Quota(0, 0));
    for (int i = 0; i < 100; i++) {
      submit(ALICE, Lanes.DEFAULT, "talk");
    }

    assertThat(workshop.lanes.line(null, null, null, 1000)).hasSize(100);
  }
}
