package dev.fermata.lane;

import static dev.fermata.job.CommitPolicy.Turn.KEEP;
import static dev.fermata.lane.Workshop.DONE;
import static dev.fermata.lane.Workshop.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Event;
import dev.fermata.job.Event.StatusChanged;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.Retried;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.JobId;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.job.Submission;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.Sample;
import dev.fermata.kind.Backoff;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.Run;
import dev.fermata.session.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attempts that fail are made again, after a rest, and as often as the job may fail. */
@Timeout(60)
class RetriesTest {

  private static final String CHAT = "chat";
  private static final List<LaneSpec> LANES =
      List.of(new LaneSpec(Lanes.DEFAULT, 1, 2000), new LaneSpec(CHAT, 4, 2000));
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path directory;

  private final SetTime time = new SetTime();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  private Workshop workshop;

  @BeforeEach
  void open() {
    workshop =
        new Workshop(
            directory,
            LANES,
            Map.of(
                "quick", run -> DONE,
                "third", this::third,
                "poison", this::poison,
                "slow", RetriesTest::slow,
                "held", this::held,
                "deaf", this::deaf),
            List.of(),
            Backoff.DEFAULT,
            time,
            time.timer());
  }

  @AfterEach
  void close() {
    go.countDown();
    workshop.close();
    time.close();
  }

  /** Succeeds at the third attempt. */
  private Answer third(Run run) throws JobFailed {
    return run.attempt() < 3 ? poison(run) : say(run);
  }

  private Answer poison(Run run) throws JobFailed {
    say(run);
    throw new JobFailed(Reason.EXIT_CODE, "It broke.", run.attempt());
  }

  private Answer say(Run run) {
    @Nullable Session session = run.session();
    if (session != null) {
      seen.add(run.attempt() + " sees " + session.newest().size());
      session.append("user", "attempt " + run.attempt());
    }
    return DONE;
  }

  private static Answer slow(Run run) throws InterruptedException {
    new CountDownLatch(1).await();
    return DONE;
  }

  private Answer held(Run run) throws Exception {
    begun.countDown();
    Workshop.await(go);
    return poison(run);
  }

  /** Fails whatever it is told meanwhile. */
  private Answer deaf(Run run) throws JobFailed {
    begun.countDown();
    while (go.getCount() > 0) {
      Thread.onSpinWait();
    }
    return poison(run);
  }

  private JobId submit(String kind, int maxAttempts) {
    return submit(kind, maxAttempts, null, null, CommitPolicy.DEFAULT);
  }

  private JobId submit(
      String kind,
      int maxAttempts,
      @Nullable Duration timeout,
      @Nullable String session,
      CommitPolicy policy) {
    var submission =
        new Submission(
            Owner.NOBODY,
            kind,
            Lanes.DEFAULT,
            session == null ? null : Sample.session(session),
            Map.of(),
            timeout,
            policy,
            OnDisconnect.CONTINUE,
            maxAttempts,
            null,
            List.of());
    return workshop.lanes.submit(submission, OnBusy.ENQUEUE, null).job().id();
  }

  private void awaitFailures(JobId id, int count) {
    awaitTrue(
        () ->
            workshop.record(id).failures() == count
                && workshop.record(id).status() == Status.QUEUED
                && Standing.Where.PARKED == where(id));
  }

  private Standing.@Nullable Where where(JobId id) {
    return workshop.lanes.standing(id).map(standing -> standing.place().where()).orElse(null);
  }

  private List<Event.What> events(JobId id) {
    return workshop.journal.after(id, 0, 1000).stream().map(Event::what).toList();
  }

  @Test
  void failedJobIsTriedAgainAfterARestThatGrows() {
    JobId id = submit("third", 3);
    awaitFailures(id, 1);
    JobRecord resting = workshop.record(id);
    Standing standing = workshop.lanes.standing(id).orElseThrow();

    assertThat(resting.finishedAt()).isNull();
    assertThat(resting.startedAt()).isNull();
    assertThat(resting.warnings()).containsExactly("Attempt 1 failed: It broke.");
    assertThat(standing.position()).isNull();
    assertThat(standing.estimatedStartAt()).isEqualTo(SetTime.NOON.plus(SECOND));
    assertThat(workshop.lanes.views().getFirst().waiting()).isEqualTo(1);
    assertThat(workshop.lanes.line(null, null, null, 10)).containsExactly(standing);

    time.pass(SECOND);
    awaitFailures(id, 2);
    time.pass(Duration.ofMillis(1999));
    assertThat(where(id)).isEqualTo(Standing.Where.PARKED);
    time.pass(Duration.ofMillis(1));

    JobRecord ended = workshop.ended(id);
    assertThat(ended.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(ended.attempt()).isEqualTo(3);
    assertThat(ended.warnings()).isEmpty();
    assertThat(workshop.journal.facts(Fact.class))
        .extracting(fact -> fact.getClass().getSimpleName())
        .containsExactly(
            "Accepted",
            "Started",
            "Retried",
            "Joined",
            "Started",
            "Retried",
            "Joined",
            "Started",
            "Finished");
    assertThat(events(id))
        .containsExactly(
            new StatusChanged(Status.QUEUED, null, 0),
            new StatusChanged(Status.RUNNING, null, 1),
            new StatusChanged(Status.QUEUED, Reason.EXIT_CODE, 1),
            new StatusChanged(Status.RUNNING, null, 2),
            new StatusChanged(Status.QUEUED, Reason.EXIT_CODE, 2),
            new StatusChanged(Status.RUNNING, null, 3),
            new Event.Ended());
  }

  @Test
  void lastFailureEndsTheJobAndOthersPassWhileItRests() {
    JobId poison = submit("poison", 2);
    awaitFailures(poison, 1);

    assertThat(workshop.ended(submit("quick", 1)).status()).isEqualTo(Status.SUCCEEDED);

    time.pass(SECOND);
    JobRecord ended = workshop.ended(poison);
    assertThat(ended.status()).isEqualTo(Status.FAILED);
    assertThat(ended.reason()).isEqualTo(Reason.EXIT_CODE);
    assertThat(ended.returnCode()).as("of the last attempt").isEqualTo(2);
    assertThat(workshop.ended(submit("quick", 1)).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(workshop.lanes.line(null, null, null, 10)).isEmpty();
  }

  @Test
  void timeoutIsTriedAgainToo() {
    JobId id = submit("slow", 2, Duration.ofMillis(20), null, CommitPolicy.DEFAULT);
    awaitFailures(id, 1);
    assertThat(events(id).getLast()).isEqualTo(new StatusChanged(Status.QUEUED, Reason.TIMEOUT, 1));
    time.pass(SECOND);

    assertThat(workshop.ended(id).status()).isEqualTo(Status.TIMED_OUT);
    assertThat(workshop.record(id).attempt()).isEqualTo(2);
  }

  @Test
  void cancelIsNoFailure() throws Exception {
    JobId id = submit("slow", 5);
    awaitTrue(() -> workshop.record(id).status() == Status.RUNNING);
    workshop.cancel(id);

    assertThat(workshop.ended(id).status()).isEqualTo(Status.CANCELLED);
    assertThat(workshop.journal.facts(Retried.class)).isEmpty();
  }

  @Test
  void handBackIsNoFailureAndRestsNot() throws Exception {
    JobId id = submit("slow", 5);
    awaitTrue(() -> workshop.record(id).status() == Status.RUNNING);
    workshop.lanes.stop(Duration.ofSeconds(10), Duration.ofSeconds(10));

    assertThat(workshop.journal.facts(HandedBack.class)).hasSize(1);
    assertThat(workshop.record(id).failures()).isZero();
    assertThat(where(id)).isEqualTo(Standing.Where.IN_LINE);
  }

  @Test
  void jobThatFailsDuringTheDrainStaysParked() throws Exception {
    JobId id = submit("held", 5);
    Workshop.await(begun);
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(this::stop);
    awaitTrue(() -> !workshop.lanes.alive());
    go.countDown();
    stopped.get(10, TimeUnit.SECONDS);
    time.pass(Duration.ofMinutes(1));

    assertThat(workshop.record(id).failures()).isEqualTo(1);
    assertThat(where(id)).isEqualTo(Standing.Where.PARKED);
    assertThat(workshop.cancel(id)).isInstanceOf(CancelAnswer.Cancelled.class);
  }

  private void stop() {
    try {
      workshop.lanes.stop(Duration.ofSeconds(10), Duration.ZERO);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void onlyTheLastFailureSavesWhatItsPolicyKeeps() {
    JobId id = submit("poison", 3, null, "a", new CommitPolicy(KEEP, KEEP));
    awaitFailures(id, 1);
    assertThat(workshop.journal.find(Sample.session("a"))).isEmpty();
    time.pass(SECOND);
    awaitFailures(id, 2);
    time.pass(SECOND.multipliedBy(2));
    workshop.ended(id);

    assertThat(seen).containsExactly("1 sees 0", "2 sees 0", "3 sees 0");
    assertThat(workshop.said("a")).containsExactly("attempt 3");
  }

  /** The cancel is in the journal before the failure: the failure is the end. */
  @Test
  void cancelThatComesBeforeTheFailureIsDurableForbidsTheRetry() throws Exception {
    JobId id = submit("deaf", 5, null, "a", new CommitPolicy(KEEP, KEEP));
    Workshop.await(begun);
    workshop.journal.hold();
    CompletableFuture<CancelAnswer> cancel =
        CompletableFuture.supplyAsync(() -> workshop.cancel(id));
    awaitTrue(() -> workshop.journal.pending() == 1);
    go.countDown();
    awaitTrue(() -> workshop.journal.pending() == 2);
    workshop.journal.release();

    assertThat(cancel.get(10, TimeUnit.SECONDS)).isInstanceOf(CancelAnswer.Cancelling.class);
    JobRecord ended = workshop.ended(id);
    assertThat(ended.status()).isEqualTo(Status.FAILED);
    assertThat(ended.reason()).isEqualTo(Reason.EXIT_CODE);
    assertThat(workshop.said("a")).containsExactly("attempt 1");
    assertThat(workshop.journal.facts(Retried.class)).isEmpty();
    assertThat(workshop.journal.facts(Finished.class)).hasSize(1);
  }

  /** The failure is in the journal before the cancel: the job waits, and is cancelled so. */
  @Test
  void cancelThatComesAfterTheFailureCancelsTheJobThatRests() throws Exception {
    JobId id = submit("held", 5);
    Workshop.await(begun);
    workshop.journal.hold();
    go.countDown();
    awaitTrue(() -> workshop.journal.pending() == 1);
    CompletableFuture<CancelAnswer> cancel =
        CompletableFuture.supplyAsync(() -> workshop.cancel(id));
    awaitTrue(() -> workshop.journal.pending() == 2);
    workshop.journal.release();

    assertThat(cancel.get(10, TimeUnit.SECONDS)).isInstanceOf(CancelAnswer.Cancelled.class);
    assertThat(workshop.record(id).status()).isEqualTo(Status.CANCELLED);
    assertThat(workshop.journal.facts(Retried.class)).hasSize(1);
    assertThat(workshop.journal.facts(CancelAsked.class)).isEmpty();
    assertThat(workshop.lanes.line(null, null, null, 10)).isEmpty();
  }

  /** Sessions, lanes, failures and cancels at random: turns keep their order, nobody is left. */
  @Test
  void turnsKeepTheirOrderHoweverOftenTheyFail() {
    workshop.close();
    var backoff = new Backoff(Duration.ZERO, 2, Duration.ofMillis(2));
    Map<String, List<Long>> starts = new ConcurrentHashMap<>();
    workshop =
        new Workshop(
            directory,
            LANES,
            Map.of("fickle", run -> fickle(run, starts)),
            List.of(),
            backoff,
            Clock.systemUTC(),
            null);
    var random = new Random(11);
    var ids = new ArrayList<JobId>();
    for (int i = 0; i < 600; i++) {
      ids.add(fickle(random));
      if (i % 10 == 0) {
        workshop.cancel(ids.get(random.nextInt(ids.size())));
      }
    }

    assertThat(ids).allMatch(id -> workshop.ended(id).status().finished());
    assertThat(starts.values()).allSatisfy(seqs -> assertThat(seqs).isSorted());
    assertThat(workshop.journal.facts(Finished.class)).hasSize(600);
    assertThat(workshop.journal.facts(Retried.class)).isNotEmpty();
    assertThat(workshop.lanes.line(null, null, null, 10)).isEmpty();
    assertThat(workshop.journal.facts(Started.class)).doesNotHaveDuplicates();
  }

  private static Answer fickle(Run run, Map<String, List<Long>> starts) throws JobFailed {
    Submission submission = run.job().submission();
    starts
        .computeIfAbsent(
            submission.session() + " in " + submission.lane(),
            turns -> new CopyOnWriteArrayList<>())
        .add(run.job().seq());
    if (run.job().seq() % 3 == 0) {
      throw new JobFailed(Reason.EXIT_CODE, "It broke.", 1);
    }
    return DONE;
  }

  private JobId fickle(Random random) {
    @Nullable Instant notBefore =
        random.nextInt(5) == 0 ? Instant.now().plusMillis(random.nextInt(20)) : null;
    var submission =
        new Submission(
            Owner.NOBODY,
            "fickle",
            random.nextBoolean() ? Lanes.DEFAULT : CHAT,
            Sample.session("s" + random.nextInt(4)),
            Map.of(),
            null,
            CommitPolicy.DEFAULT,
            OnDisconnect.CONTINUE,
            1 + random.nextInt(4),
            notBefore,
            List.of());
    return workshop.lanes.submit(submission, OnBusy.ENQUEUE, null).job().id();
  }
}
