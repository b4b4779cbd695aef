package dev.fermata.journal;

import static dev.fermata.journal.Sample.NOON;
import static dev.fermata.journal.Sample.job;
import static dev.fermata.journal.Sample.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.Fact.Crashed;
import dev.fermata.job.Fact.Spawned;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.kind.Backoff;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.Kind;
import dev.fermata.kind.Kinds;
import dev.fermata.kind.OnCrash;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a start makes of the jobs that had not ended. */
class RecoveryTest {

  private static final int MAX_CRASHES = 3;

  private final MemoryJournal journal = new MemoryJournal();
  private final List<String> trail = new ArrayList<>();
  private final Kinds kinds =
      new Kinds(List.of(kind("rerun", OnCrash.RERUN), kind("fail", OnCrash.FAIL)));

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void queuedJobsWaitAgainInTheirOrder() {
    store(new Accepted(rerun(2)), new Accepted(rerun(1)), new Accepted(rerun(3)));

    recover();

    assertThat(trail).containsExactly("waits 1", "waits 2", "waits 3");
    assertThat(journal.commits()).hasSize(1);
  }

  @Test
  void endedJobsAreLeftAlone() {
    store(new Accepted(rerun(1)), start(1, 1), succeeded(rerun(1).id(), 1));

    recover();

    assertThat(trail).isEmpty();
  }

  @Test
  void orphanWaitsAgainAtItsPlaceAndOneCrashIsCounted() {
    store(new Accepted(rerun(1)), new Accepted(rerun(2)), start(2, 1));

    recover();

    assertThat(trail).containsExactly("waits 1", "orphan 2 null", "waits 2");
    assertThat(journal.facts(Crashed.class)).containsExactly(new Crashed(rerun(2).id(), 1, NOON));
    assertThat(record(2).status()).isEqualTo(Status.QUEUED);
    assertThat(record(2).attempt()).isEqualTo(1);
  }

  @Test
  void acknowledgedCancelIsKept() {
    store(new Accepted(rerun(1)), start(1, 1));
    store(new CancelAsked(rerun(1).id(), Reason.CLIENT_REQUEST, NOON));

    recover();

    assertThat(trail).containsExactly("orphan 1 null", "ended 1 cancelled");
    assertThat(record(1).status()).isEqualTo(Status.CANCELLED);
    assertThat(record(1).reason()).isEqualTo(Reason.CLIENT_REQUEST);
    assertThat(record(1).finishedAt()).isEqualTo(NOON);
  }

  @Test
  void kindThatMustNotRunTwiceFails() {
    store(new Accepted(job(1, "fail", "default")), start(1, 1));

    recover();

    assertThat(trail).containsExactly("orphan 1 null", "ended 1 failed");
    assertThat(record(1).status()).isEqualTo(Status.FAILED);
    assertThat(record(1).reason()).isEqualTo(Reason.CRASHED);
  }

  @Test
  void kindThatIsGoneWaitsToSaySo() {
    store(new Accepted(job(1, "gone", "default")), start(1, 1));

    recover();

    assertThat(trail).containsExactly("orphan 1 null", "waits 1");
  }

  @Test
  void jobIsLostAtTheCrashAfterTheLastAllowed() {
    store(new Accepted(rerun(1)));
    for (int crash = 1; crash <= MAX_CRASHES; crash++) {
      store(start(1, crash));
      recover();
      assertThat(record(1).status()).isEqualTo(Status.QUEUED);
    }
    store(start(1, MAX_CRASHES + 1));
    trail.clear();

    recover();

    assertThat(trail).containsExactly("orphan 1 null", "ended 1 lost");
    assertThat(record(1).status()).isEqualTo(Status.LOST);
    assertThat(record(1).reason()).isEqualTo(Reason.CRASHED);
    assertThat(record(1).message()).contains("4 times");
  }

  @Test
  void everyOrphanIsEndedBeforeAnyFactAndBeforeItWaits() {
    var group = new ProcessGroup(7, 8, "boot");
    store(new Accepted(rerun(1)), start(1, 1), new Spawned(rerun(1).id(), 1, group));
    store(new Accepted(rerun(2)), start(2, 1), new Accepted(rerun(3)));
    int before = journal.commits().size();

    recover((id, processes) -> assertThat(journal.commits()).hasSize(before));

    assertThat(trail)
        .containsExactly("waits 3", "orphan 1 " + group, "orphan 2 null", "waits 1", "waits 2");
    assertThat(journal.commits()).as("one commit for all").hasSize(before + 1);
  }

  @Test
  void whatFailsOnTheWayFailsTheStartAndSettlesNothing() {
    store(new Accepted(rerun(1)), start(1, 1), new Accepted(rerun(2)));
    var full = new IllegalStateException("full");
    Recovery recovery =
        Recovery.begin(
            journal,
            kinds,
            (id, group) -> 0,
            MAX_CRASHES,
            job -> {
              throw full;
            },
            (job, end) -> {},
            Clock.systemUTC());

    assertThatThrownBy(recovery::finish).isSameAs(full);
    assertThat(record(1).status()).isEqualTo(Status.RUNNING);
  }

  private void recover() {
    recover((id, group) -> {});
  }

  private interface Look {
    void at(JobId id, @Nullable ProcessGroup group);
  }

  private void recover(Look look) {
    Orphans orphans =
        (id, group) -> {
          look.at(id, group);
          trail.add("orphan " + record(id).job().seq() + " " + group);
          return 1;
        };
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    Recovery.begin(
            journal,
            kinds,
            orphans,
            MAX_CRASHES,
            job -> trail.add("waits " + job.seq()),
            (job, end) -> trail.add("ended " + job.seq() + " " + end.outcome().status().word()),
            clock)
        .finish();
  }

  private void store(Fact... facts) {
    journal.append(List.of(facts), () -> {}).join();
  }

  private JobRecord record(long seq) {
    return record(Sample.id(seq));
  }

  private JobRecord record(JobId id) {
    return journal.find(id).orElseThrow();
  }

  private static Job rerun(long seq) {
    return job(seq, "rerun", "default");
  }

  private static Started start(long seq, int attempt) {
    return new Started(Sample.id(seq), attempt, NOON);
  }

  private static Kind kind(String name, OnCrash onCrash) {
    return new Kind(
        name,
        "",
        "default",
        new Inputs(List.of()),
        null,
        onCrash,
        CommitPolicy.DEFAULT,
        1,
        Backoff.DEFAULT,
        run -> {
          throw new AssertionError("nothing runs here");
        });
  }
}
