package dev.fermata.lane;

import static dev.fermata.job.CommitPolicy.DEFAULT;
import static dev.fermata.lane.Workshop.DONE;
import static dev.fermata.lane.Workshop.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fermata.job.Answer;
import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.JobId;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.kind.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a submission does whose session has an unfinished job already. */
@Timeout(60)
class OnBusyTest {

  private static final String CHAT = "chat";
  private static final String LINE = Lanes.DEFAULT;
  private static final CommitPolicy KEEP =
      new CommitPolicy(CommitPolicy.Turn.KEEP, CommitPolicy.Turn.KEEP);

  @TempDir private Path directory;

  private final HeldTurns held = new HeldTurns();
  private final CountDownLatch deafened = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  private Workshop workshop;

  @BeforeEach
  void open() {
    workshop =
        new Workshop(
            directory,
            List.of(new LaneSpec(LINE, 1, 100), new LaneSpec(CHAT, 4, 100)),
            Map.of("held", held, "quick", OnBusyTest::quick, "deaf", this::deaf),
            List.of());
  }

  @AfterEach
  void close() {
    go.countDown();
    workshop.close();
  }

  private static Answer quick(Run run) {
    Objects.requireNonNull(run.session()).append("user", "turn " + run.job().seq());
    return DONE;
  }

  private Answer deaf(Run run) {
    quick(run);
    deafened.countDown();
    while (go.getCount() > 0) {
      Thread.onSpinWait();
    }
    return DONE;
  }

  private JobId submit(String kind, String lane, OnBusy onBusy) {
    return workshop.submit(kind, lane, "a", DEFAULT, onBusy);
  }

  /** The journal waits, so that the one that wins is still arriving when the others come. */
  @Test
  void ofFiftyAtOnceThatRatherNotWaitExactlyOneIsAccepted() throws Exception {
    workshop.journal.hold();
    var accepted = new ArrayList<CompletableFuture<JobId>>();
    try (ExecutorService clients = Executors.newFixedThreadPool(50)) {
      for (int i = 0; i < 50; i++) {
        String lane = i % 2 == 0 ? LINE : CHAT;
        accepted.add(
            CompletableFuture.supplyAsync(() -> submit("held", lane, OnBusy.REJECT), clients));
      }
      awaitTrue(() -> accepted.stream().filter(OnBusyTest::busy).count() == 49);
      workshop.journal.release();
      clients.shutdown();
      assertThat(clients.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(workshop.journal.facts(Accepted.class)).hasSize(1);
  }

  private static boolean busy(CompletableFuture<JobId> submitted) {
    return submitted.isCompletedExceptionally()
        && submitted.exceptionNow() instanceof Refused.SessionBusy;
  }

  @Test
  void rejectNamesTheHolderAndIsAcceptedOnceTheSessionIsFree() {
    JobId holder = submit("held", CHAT, OnBusy.REJECT);
    held.awaitBegun(holder);
    JobId waiting = submit("quick", CHAT, OnBusy.ENQUEUE);

    var busy =
        catchThrowableOfType(Refused.SessionBusy.class, () -> submit("quick", LINE, OnBusy.REJECT));

    assertThat(busy.holder()).isEqualTo(holder);
    assertThat(busy).hasMessageContaining("a").hasMessageContaining(holder.toString());
    workshop.cancel(waiting);
    held.letGo(holder);
    workshop.ended(holder);
    assertThat(workshop.ended(submit("quick", LINE, OnBusy.REJECT)).status())
        .isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void refusedByTheJournalNothingIsCancelledAndTheSessionIsAsBefore() {
    JobId holder = submit("held", CHAT, OnBusy.ENQUEUE);
    held.awaitBegun(holder);
    workshop.journal.refuse(Accepted.class::isInstance);

    assertThatThrownBy(() -> submit("quick", LINE, OnBusy.INTERRUPT))
        .isInstanceOf(JournalUnavailable.class);

    workshop.journal.refuseNothing();
    held.letGo(holder);
    assertThat(workshop.ended(holder).status()).isEqualTo(Status.SUCCEEDED);
    workshop.ended(submit("quick", LINE, OnBusy.REJECT));
  }

  @Test
  void interruptStandsBeforeThoseThatWaitForTheSession() {
    JobId holder = submit("held", LINE, OnBusy.ENQUEUE);
    held.awaitBegun(holder);
    JobId other = workshop.submit("quick", LINE, "b");
    JobId waiting = submit("quick", LINE, OnBusy.ENQUEUE);
    JobId last = workshop.submit("quick", LINE, "b");
    JobId interrupting = submit("quick", LINE, OnBusy.INTERRUPT);
    workshop.ended(last);

    assertThat(workshop.record(holder).status()).isEqualTo(Status.CANCELLED);
    assertThat(workshop.record(holder).reason()).isEqualTo(Reason.SUPERSEDED);
    assertThat(workshop.journal.facts(Fact.Started.class))
        .extracting(Fact.Started::id)
        .containsExactly(holder, other, interrupting, waiting, last);
    assertThat(workshop.said("a")).as("kept").containsExactly("turn 1", "turn 5", "turn 3");
    assertThat(workshop.journal.commits())
        .anySatisfy(
            facts ->
                assertThat(facts)
                    .extracting(fact -> ((Fact.OfJob) fact).id())
                    .containsExactly(interrupting, holder));
  }

  @Test
  void placesOfThoseThatInterruptLieSideBySide() throws Exception {
    JobId holder = submit("deaf", LINE, OnBusy.ENQUEUE);
    Workshop.await(deafened);
    JobId waiting = submit("quick", LINE, OnBusy.ENQUEUE);
    JobId first = submit("quick", LINE, OnBusy.INTERRUPT);
    JobId second = submit("quick", LINE, OnBusy.ROLLBACK);

    assertThat(workshop.lanes.line(null, LINE, null, 10))
        .extracting(Standing::id)
        .containsExactly(holder, second, first, waiting);
    assertThat(workshop.lanes.line(null, LINE, null, 10))
        .extracting(Standing::position)
        .containsExactly(null, 1, 2, 3);
    go.countDown();
    workshop.ended(waiting);

    assertThat(workshop.said("a")).as("rolled back").hasSize(3).doesNotContain("turn 1");
  }

  @Test
  void noTwoThatInterruptHaveOnePlaceWhateverTheirLanes() {
    workshop.submitLater("quick", LINE, "a", Instant.now().plus(Duration.ofHours(1)));
    for (String lane : List.of(LINE, CHAT, LINE, CHAT)) {
      submit("deaf", lane, OnBusy.INTERRUPT);
    }

    assertThat(workshop.journal.facts(Accepted.class))
        .extracting(Accepted::place)
        .hasSize(5)
        .doesNotHaveDuplicates();
  }

  @Test
  void holderInAnotherLaneIsSupersededToo() {
    JobId holder = workshop.submit("held", CHAT, "a", KEEP, OnBusy.ENQUEUE);
    held.awaitBegun(holder);

    JobId interrupting = submit("quick", LINE, OnBusy.ROLLBACK);

    workshop.ended(interrupting);
    assertThat(workshop.record(holder).reason()).isEqualTo(Reason.SUPERSEDED);
    assertThat(workshop.said("a")).containsExactly("turn 2");
  }

  @Test
  void nobodyIsCancelledWhereNobodyHoldsTheSession() {
    JobId busy = workshop.submit("held", LINE, "b");
    held.awaitBegun(busy);
    JobId waiting = submit("quick", LINE, OnBusy.ENQUEUE);
    JobId interrupting = submit("quick", LINE, OnBusy.INTERRUPT);
    held.letGo(busy);
    workshop.ended(waiting);

    assertThat(workshop.journal.facts(CancelAsked.class)).isEmpty();
    assertThat(workshop.journal.facts(Fact.Started.class))
        .extracting(Fact.Started::id)
        .containsExactly(busy, interrupting, waiting);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERRUPT", "ROLLBACK"})
  void holderThatEndsJustBeforeKeepsItsOutcome(OnBusy onBusy) throws Exception {
    JobId holder = submit("held", CHAT, OnBusy.ENQUEUE);
    held.awaitBegun(holder);
    workshop.journal.hold();
    held.letGo(holder);
    awaitTrue(() -> workshop.journal.pending() == 1);
    CompletableFuture<JobId> submitted =
        CompletableFuture.supplyAsync(() -> submit("quick", CHAT, onBusy));
    awaitTrue(() -> workshop.journal.pending() == 2);
    workshop.journal.release();

    JobId next = submitted.get(10, TimeUnit.SECONDS);
    assertThat(workshop.ended(next).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(workshop.record(holder).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(workshop.journal.facts(CancelAsked.class)).isEmpty();
    assertThat(workshop.journal.facts(Accepted.class)).hasSize(2);
    assertThat(workshop.said("a")).hasSize(2);
  }

  @Test
  void rollbackDiscardsTheTurnOfAHolderThatWasCancelledBefore() throws Exception {
    JobId holder = workshop.submit("deaf", CHAT, "a", KEEP, OnBusy.ENQUEUE);
    Workshop.await(deafened);
    workshop.cancel(holder);

    JobId next = submit("quick", CHAT, OnBusy.ROLLBACK);
    go.countDown();
    workshop.ended(next);

    assertThat(workshop.record(holder).reason()).isEqualTo(Reason.CLIENT_REQUEST);
    assertThat(workshop.said("a")).containsExactly("turn 2");
  }
}
