package dev.fermata.lane;

import static dev.fermata.lane.Workshop.DONE;
import static dev.fermata.lane.Workshop.await;
import static dev.fermata.lane.Workshop.awaitTrue;
import static dev.fermata.lane.Workshop.seq;
import static dev.fermata.lane.Workshop.trailing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Unfinished;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines of jobs: order, cancel, a journal that refuses, and the stop of the server. */
@Timeout(60)
class LanesTest {

  @TempDir private Path directory;

  private final List<String> trail = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final Map<String, JobHandler> handlers =
      Map.of(
          "quick",
          run -> {
            trail.add("ran " + seq(run));
            return DONE;
          },
          "held",
          run -> {
            begun.countDown();
            await(go);
            trail.add("ran " + seq(run));
            return DONE;
          },
          "endless",
          run -> {
            begun.countDown();
            new CountDownLatch(1).await();
            return DONE;
          },
          "deaf",
          run -> {
            begun.countDown();
            while (go.getCount() > 0) {
              Thread.onSpinWait();
            }
            return DONE;
          });

  private Workshop workshop;

  @BeforeEach
  void oneWorker() {
    workshop = workshop(1, 1000);
  }

  @AfterEach
  void close() {
    go.countDown();
    workshop.close();
  }

  private Workshop workshop(int workers, int capacity) {
    return new Workshop(directory, workers, capacity, handlers, List.of(trailing(trail)));
  }

  @Test
  void jobsStartInTheOrderOfAcceptance() throws Exception {
    int threads = 8;
    try (ExecutorService submitters = Executors.newFixedThreadPool(threads)) {
      List<Callable<JobId>> all =
          IntStream.range(0, 200)
              .<Callable<JobId>>mapToObj(i -> () -> workshop.submit("quick"))
              .toList();
      submitters.invokeAll(all);
    }
    JobId last = workshop.submit("quick");
    workshop.ended(last);

    List<JobId> accepted =
        workshop.journal.facts(Accepted.class).stream().map(Fact.OfJob::id).toList();
    assertThat(accepted).hasSize(201);
    assertThat(workshop.journal.facts(Started.class))
        .extracting(Fact.OfJob::id)
        .isEqualTo(accepted);
  }

  @Test
  void jobOpensAfterTheOneBeforeHasClosed() {
    workshop.submit("held");
    workshop.submit("quick");
    JobId last = workshop.submit("quick");
    go.countDown();
    workshop.ended(last);

    assertThat(trail)
        .containsExactly(
            "opened 1",
            "ran 1",
            "closed 1",
            "opened 2",
            "ran 2",
            "closed 2",
            "opened 3",
            "ran 3",
            "closed 3");
  }

  @Test
  void endAndNextStartShareOneCommit() {
    JobId first = workshop.submit("held");
    JobId second = workshop.submit("quick");
    go.countDown();
    workshop.ended(second);

    assertThat(workshop.journal.commits())
        .anySatisfy(
            facts -> {
              assertThat(facts).hasSize(2);
              assertThat(facts.getFirst()).isInstanceOf(Finished.class);
              assertThat(((Fact.OfJob) facts.getFirst()).id()).isEqualTo(first);
              assertThat(facts.getLast()).isInstanceOf(Started.class);
              assertThat(((Fact.OfJob) facts.getLast()).id()).isEqualTo(second);
            });
  }

  @Test
  void handlerRunsOnlyOnceItsStartIsDurable() throws Exception {
    JobId first = workshop.submit("held");
    JobId second = workshop.submit("quick");
    await(begun);
    workshop.journal.hold();
    go.countDown();
    awaitTrue(() -> trail.contains("closed 1"));

    assertThat(workshop.record(first).status()).isEqualTo(Status.RUNNING);
    assertThat(workshop.lanes.standing(second).orElseThrow().position()).isEqualTo(1);
    assertThat(trail).doesNotContain("opened 2");

    workshop.journal.release();
    assertThat(workshop.ended(second).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void submissionReturnsOnlyOnceItIsDurable() {
    workshop.journal.hold();
    CompletableFuture<JobId> submitted =
        CompletableFuture.supplyAsync(() -> workshop.submit("quick"));

    awaitTrue(() -> workshop.journal.pending() == 1);
    assertThat(submitted).isNotDone();
    assertThat(workshop.lanes.views().getFirst().waiting()).isZero();

    workshop.journal.release();
    awaitTrue(() -> !workshop.journal.facts(Finished.class).isEmpty());
  }

  @Test
  void refusedSubmissionLeavesNothing() {
    workshop.close();
    workshop = workshop(1, 1);
    workshop.journal.refuse(Accepted.class::isInstance);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> workshop.submit("quick")).isInstanceOf(JournalUnavailable.class);
    }
    assertThat(workshop.lanes.line(null, null, null, 10)).isEmpty();

    workshop.journal.refuseNothing();
    assertThat(workshop.ended(workshop.submit("quick")).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void fullBacklogRefusesUntilThereIsRoom() throws Exception {
    workshop.close();
    workshop = workshop(1, 2);
    workshop.submit("held");
    await(begun);
    workshop.submit("quick");
    JobId last = workshop.submit("quick");

    assertThatThrownBy(() -> workshop.submit("quick"))
        .isInstanceOf(Refused.BacklogFull.class)
        .hasMessageContaining("2 jobs wait");

    workshop.cancel(last);
    workshop.submit("quick");
  }

  @Test
  void cancelledJobNeverStartsAndItsNeighboursKeepTheirOrder() throws Exception {
    JobId first = workshop.submit("held");
    await(begun);
    JobId second = workshop.submit("quick");
    JobId third = workshop.submit("quick");
    JobId fourth = workshop.submit("quick");

    assertThat(workshop.cancel(third)).isInstanceOf(CancelAnswer.Cancelled.class);
    assertThat(workshop.record(third).status()).isEqualTo(Status.CANCELLED);
    assertThat(workshop.record(third).reason()).isEqualTo(Reason.CLIENT_REQUEST);
    assertThat(workshop.lanes.standing(fourth).orElseThrow().position()).isEqualTo(2);
    go.countDown();
    workshop.ended(fourth);

    assertThat(workshop.journal.facts(Started.class))
        .extracting(Fact.OfJob::id)
        .containsExactly(first, second, fourth);
    assertThat(workshop.cancel(third)).isInstanceOf(CancelAnswer.NotInLine.class);
  }

  @Test
  void secondCancelOfAQueuedJobWaitsForTheFirstOne() {
    workshop.submit("held");
    JobId second = workshop.submit("quick");
    workshop.journal.hold();
    CompletableFuture<CancelAnswer> first =
        CompletableFuture.supplyAsync(() -> workshop.cancel(second));
    awaitTrue(() -> workshop.lanes.standing(second).isEmpty());
    CompletableFuture<CancelAnswer> again =
        CompletableFuture.supplyAsync(() -> workshop.cancel(second));
    assertThatThrownBy(() -> again.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    workshop.journal.release();

    assertThat(first.join()).isInstanceOf(CancelAnswer.Cancelled.class);
    assertThat(again.join()).isInstanceOf(CancelAnswer.Cancelled.class);
    assertThat(workshop.record(second).status()).isEqualTo(Status.CANCELLED);
  }

  @Test
  void jobWhoseCancelIsRefusedIsBackInItsPlaceAndRuns() throws Exception {
    workshop.submit("held");
    await(begun);
    JobId second = workshop.submit("quick");
    JobId third = workshop.submit("quick");
    workshop.journal.refuse(fact -> ((Fact.OfJob) fact).id().equals(second));

    assertThatThrownBy(() -> workshop.cancel(second)).isInstanceOf(JournalUnavailable.class);
    assertThat(workshop.lanes.standing(second).orElseThrow().position()).isEqualTo(1);
    assertThat(workshop.lanes.standing(third).orElseThrow().position()).isEqualTo(2);

    workshop.journal.refuseNothing();
    go.countDown();
    workshop.ended(third);
    assertThat(workshop.record(second).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void cancelIsDurableBeforeTheHandlerIsInterrupted() throws Exception {
    JobId id = workshop.submit("endless");
    await(begun);
    workshop.journal.hold();
    CompletableFuture<CancelAnswer> answer =
        CompletableFuture.supplyAsync(() -> workshop.cancel(id));
    awaitTrue(() -> workshop.journal.pending() == 1);

    assertThat(answer).isNotDone();
    assertThat(trail).doesNotContain("closed 1");
    workshop.journal.release();

    CancelAnswer.Cancelling cancelling = (CancelAnswer.Cancelling) answer.get(10, TimeUnit.SECONDS);
    cancelling.ended().get(10, TimeUnit.SECONDS);
    assertThat(trail).contains("closed 1");
    assertThat(workshop.record(id).status()).isEqualTo(Status.CANCELLED);
    assertThat(workshop.journal.facts(Fact.class))
        .extracting(fact -> fact.getClass().getSimpleName())
        .containsExactly("Accepted", "Started", "CancelAsked", "Finished");
  }

  @Test
  void refusedCancelOfARunningJobDoesNotStopIt() throws Exception {
    JobId id = workshop.submit("held");
    await(begun);
    workshop.journal.refuse(CancelAsked.class::isInstance);

    assertThatThrownBy(() -> workshop.cancel(id)).isInstanceOf(JournalUnavailable.class);

    workshop.journal.refuseNothing();
    go.countDown();
    assertThat(workshop.ended(id).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void cancelOfAnEndedOrUnknownJobFindsNobody() {
    JobId id = workshop.submit("quick");
    workshop.ended(id);

    assertThat(workshop.cancel(id)).isInstanceOf(CancelAnswer.NotInLine.class);
  }

  @Test
  void cancelThatRacesTheEndLeavesExactlyOneEnd() throws Exception {
    int rounds = 1000;
    try (ExecutorService canceller = Executors.newSingleThreadExecutor()) {
      for (int round = 0; round < rounds; round++) {
        JobId id = workshop.submit("quick");
        CancelAnswer answer = canceller.submit(() -> workshop.cancel(id)).get();
        if (answer instanceof CancelAnswer.Cancelling(CompletableFuture<Void> ended)) {
          ended.get(10, TimeUnit.SECONDS);
        }
        JobRecord record = workshop.ended(id);
        assertThat(record.status()).isIn(Status.SUCCEEDED, Status.CANCELLED);
      }
    }

    assertThat(workshop.journal.facts(Finished.class))
        .hasSize(rounds)
        .extracting(Fact.OfJob::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void laneHoldsTheOutcomeUntilTheJournalWorksAgain() throws Exception {
    JobId first = workshop.submit("held");
    await(begun);
    JobId second = workshop.submit("quick");
    workshop.journal.refuse(fact -> true);
    go.countDown();
    workshop.journal.awaitRefusals(1);
    awaitTrue(() -> workshop.patience.waitingSince().isPresent());

    assertThat(workshop.record(first).status()).isEqualTo(Status.RUNNING);
    assertThat(trail).doesNotContain("opened 2");
    assertThat(workshop.lanes.standing(second).orElseThrow().position()).isEqualTo(1);
    assertThat(workshop.lanes.views().getFirst().running()).isEqualTo(1);

    workshop.journal.refuseNothing();
    workshop.ended(second);
    assertThat(workshop.record(first).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(trail.stream().filter("ran 1"::equals)).hasSize(1);
    assertThat(workshop.patience.waitingSince()).isEmpty();
  }

  /** The journal reuses its own file's space, so it may go on storing when no job could write. */
  @Test
  void fullDiskPausesTheLaneEvenWhileTheJournalStillStores() throws Exception {
    JobId first = workshop.submit("held");
    JobId second = workshop.submit("quick");
    await(begun);
    workshop.room =
        () -> {
          throw new JournalUnavailable("the disk is full", null);
        };
    go.countDown();
    workshop.ended(first);
    awaitTrue(() -> workshop.patience.waitingSince().isPresent());

    assertThat(workshop.record(first).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(workshop.record(second).status()).isEqualTo(Status.QUEUED);
    assertThatThrownBy(() -> workshop.submit("quick")).isInstanceOf(JournalUnavailable.class);

    workshop.room = () -> {};
    assertThat(workshop.ended(second).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void cancelWhileTheJournalRefusesTheStartLeavesTheJobInLine() throws Exception {
    workshop.journal.refuse(fact -> !(fact instanceof Accepted));
    JobId id = workshop.submit("quick");
    workshop.journal.awaitRefusals(1);

    assertThatThrownBy(() -> workshop.cancel(id)).isInstanceOf(JournalUnavailable.class);
    awaitTrue(() -> workshop.lanes.standing(id).isPresent());

    workshop.journal.refuseNothing();
    assertThat(workshop.ended(id).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void startThatTheJournalDoesNotKnowIsLeftAndTheLaneGoesOn() throws Exception {
    workshop.lanes.restore(stranger());
    workshop.lanes.begin();
    JobId id = workshop.submit("quick");

    assertThat(workshop.ended(id).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(workshop.lanes.line(null, null, null, 10)).isEmpty();
  }

  private static Unfinished stranger() {
    var id = JobId.parse("00000000-0000-7000-0000-0000000000ff").orElseThrow();
    return new Unfinished(
        id,
        0,
        0,
        "quick",
        "gone",
        Owner.NOBODY,
        null,
        Status.QUEUED,
        0,
        0,
        Instant.EPOCH,
        null,
        null);
  }

  @Test
  void stopLetsTheRunningJobFinishAndStartsNoOther() throws Exception {
    JobId first = workshop.submit("held");
    JobId second = workshop.submit("quick");
    await(begun);
    CompletableFuture<Void> stopped = stop(Duration.ofSeconds(10), Duration.ZERO);
    awaitTrue(() -> !workshop.lanes.alive());

    assertThatThrownBy(() -> workshop.submit("quick")).isInstanceOf(Refused.Draining.class);
    go.countDown();
    stopped.get(10, TimeUnit.SECONDS);

    assertThat(workshop.record(first).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(workshop.record(second).status()).isEqualTo(Status.QUEUED);
    assertThat(trail).doesNotContain("opened 2");
    assertThat(workshop.lanes.standing(second).orElseThrow().position()).isEqualTo(1);
  }

  @Test
  void jobThatOutlivesTheGraceIsHandedBackToTheFront() throws Exception {
    JobId first = workshop.submit("endless");
    JobId second = workshop.submit("quick");
    await(begun);

    workshop.lanes.stop(Duration.ofSeconds(10), Duration.ofSeconds(10));

    JobRecord record = workshop.record(first);
    assertThat(record.status()).isEqualTo(Status.QUEUED);
    assertThat(record.startedAt()).isNull();
    assertThat(record.attempt()).isEqualTo(1);
    assertThat(trail).containsExactly("opened 1", "closed 1");
    assertThat(workshop.journal.facts(HandedBack.class)).hasSize(1);
    assertThat(workshop.lanes.line(null, null, null, 10))
        .extracting(Standing::id)
        .containsExactly(first, second);
  }

  @Test
  void stopReturnsWithinTheGraceWhateverAHandlerDoes() throws Exception {
    workshop.submit("deaf");
    await(begun);

    workshop.lanes.stop(Duration.ofMillis(20), Duration.ofMillis(10));

    assertThat(workshop.journal.facts(HandedBack.class)).isEmpty();
  }

  @Test
  void cancelDuringTheDrainWins() throws Exception {
    JobId id = workshop.submit("deaf");
    await(begun);
    workshop.lanes.stop(Duration.ZERO, Duration.ZERO);

    CancelAnswer answer = workshop.cancel(id);
    go.countDown();

    ((CancelAnswer.Cancelling) answer).ended().get(10, TimeUnit.SECONDS);
    assertThat(workshop.record(id).status()).isEqualTo(Status.CANCELLED);
    assertThat(workshop.record(id).reason()).isEqualTo(Reason.CLIENT_REQUEST);
  }

  /** The stop is delivered, the scope closes, and only then the cancel comes. */
  @Test
  void cancelWhileAJobIsBeingHandedBackWins() throws Exception {
    var closing = new CountDownLatch(1);
    var close = new CountDownLatch(1);
    Resource slow =
        run ->
            () -> {
              closing.countDown();
              await(close);
            };
    workshop.close();
    workshop = new Workshop(directory, 1, 10, handlers, List.of(slow));
    JobId id = workshop.submit("endless");
    await(begun);
    workshop.lanes.stop(Duration.ZERO, Duration.ZERO);
    await(closing);

    CancelAnswer answer = workshop.cancel(id);
    close.countDown();

    ((CancelAnswer.Cancelling) answer).ended().get(10, TimeUnit.SECONDS);
    assertThat(workshop.record(id).status()).isEqualTo(Status.CANCELLED);
    assertThat(workshop.record(id).reason()).isEqualTo(Reason.CLIENT_REQUEST);
    assertThat(workshop.journal.facts(HandedBack.class)).isEmpty();
  }

  @Test
  void queuedJobCanBeCancelledDuringTheDrain() throws Exception {
    workshop.submit("held");
    JobId second = workshop.submit("quick");
    await(begun);
    CompletableFuture<Void> stopped = stop(Duration.ofSeconds(10), Duration.ZERO);
    awaitTrue(() -> !workshop.lanes.alive());

    assertThat(workshop.cancel(second)).isInstanceOf(CancelAnswer.Cancelled.class);

    go.countDown();
    stopped.get(10, TimeUnit.SECONDS);
    assertThat(workshop.record(second).status()).isEqualTo(Status.CANCELLED);
  }

  private CompletableFuture<Void> stop(Duration grace, Duration killGrace) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            workshop.lanes.stop(grace, killGrace);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void twoWorkersRunTwoJobsAtOnce() throws Exception {
    var together = new CyclicBarrier(2);
    workshop.close();
    workshop =
        new Workshop(
            directory,
            2,
            10,
            Map.of(
                "paired",
                run -> {
                  together.await(10, TimeUnit.SECONDS);
                  return DONE;
                }),
            List.of());

    JobId first = workshop.submit("paired");
    JobId second = workshop.submit("paired");

    assertThat(workshop.ended(first).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(workshop.ended(second).status()).isEqualTo(Status.SUCCEEDED);
  }

  /** An arrival that races an end must not be left without a worker. */
  @Test
  void manyWorkersLeaveNobodyBehind() throws Exception {
    var atOnce = new AtomicInteger();
    var tooMany = new AtomicBoolean();
    workshop.close();
    workshop =
        new Workshop(
            directory,
            3,
            10_000,
            Map.of(
                "brief",
                run -> {
                  tooMany.compareAndSet(false, atOnce.incrementAndGet() > 3);
                  atOnce.decrementAndGet();
                  return DONE;
                }),
            List.of());
    var ids = new ArrayList<JobId>();
    for (int i = 0; i < 1000; i++) {
      ids.add(workshop.submit("brief"));
      LaneView view = workshop.lanes.views().getFirst();
      assertThat(view.running()).isLessThanOrEqualTo(3);
    }

    assertThat(ids).allMatch(id -> workshop.ended(id).status() == Status.SUCCEEDED);
    assertThat(tooMany).isFalse();
  }

  @Test
  void viewsAndPositionsTellWhoStandsWhere() throws Exception {
    JobId first = workshop.submit("held");
    await(begun);
    JobId second = workshop.submit("quick");
    JobId third = workshop.submit("quick");

    LaneView view = workshop.lanes.views().getFirst();
    assertThat(view.running()).isEqualTo(1);
    assertThat(view.waiting()).isEqualTo(2);
    assertThat(view.oldestWaitingSince()).isEqualTo(workshop.record(second).job().submittedAt());
    assertThat(view.estimatedDrain()).as("before the first end").isNull();
    assertThat(workshop.lanes.line(null, Lanes.DEFAULT, null, 10))
        .extracting(Standing::id)
        .containsExactly(first, second, third);
    assertThat(workshop.lanes.line(null, null, null, 10))
        .extracting(Standing::position)
        .containsExactly(null, 1, 2);
    List<Standing> page = workshop.lanes.line(null, null, null, 2);
    assertThat(workshop.lanes.line(null, null, page.getLast().place(), 2))
        .extracting(Standing::id)
        .containsExactly(third);
  }

  @Test
  void estimatesFollowTheJobsThatEnded() throws Exception {
    workshop.ended(workshop.submit("quick"));
    workshop.submit("held");
    await(begun);
    JobId waiting = workshop.submit("quick");

    assertThat(workshop.lanes.standing(waiting).orElseThrow().estimatedStartAt()).isNotNull();
    assertThat(workshop.lanes.views().getFirst().estimatedDrain()).isNotNull();
    assertThat(workshop.lanes.runningSince()).isPresent();
  }
}
