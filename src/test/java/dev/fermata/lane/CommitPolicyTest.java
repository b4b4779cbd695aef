package dev.fermata.lane;

import static dev.fermata.job.CommitPolicy.Turn.DISCARD;
import static dev.fermata.job.CommitPolicy.Turn.KEEP;
import static dev.fermata.journal.Sample.session;
import static dev.fermata.lane.Workshop.DONE;
import static dev.fermata.lane.Workshop.seq;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Outcome;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionChange;
import dev.fermata.job.SessionChange.Appended;
import dev.fermata.job.Status;
import dev.fermata.job.Submission;
import dev.fermata.journal.JobRecord;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.Resource;
import dev.fermata.kind.Run;
import dev.fermata.session.Message;
import dev.fermata.session.SavedSession;
import dev.fermata.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job's outcome and what it saves of its session are one. */
@Timeout(60)
class CommitPolicyTest {

  private static final String CHAT = "chat";
  private static final CommitPolicy ALL = new CommitPolicy(KEEP, KEEP);
  private static final Duration SOON = Duration.ofMillis(20);

  @TempDir private Path directory;

  private final HeldTurns held = new HeldTurns();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  private Workshop workshop;

  @BeforeEach
  void open() {
    workshop =
        new Workshop(
            directory,
            List.of(new LaneSpec(Lanes.DEFAULT, 1, 2000), new LaneSpec(CHAT, 4, 2000)),
            Map.of(
                "quick", CommitPolicyTest::quick,
                "failing", CommitPolicyTest::failing,
                "unclosed", CommitPolicyTest::quick,
                "looking", this::looking,
                "held", held),
            List.of(counting()));
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  private static Answer quick(Run run) {
    Objects.requireNonNull(run.session()).append("user", "turn " + seq(run));
    return DONE;
  }

  private static Answer failing(Run run) throws JobFailed {
    quick(run);
    throw new JobFailed(Reason.EXIT_CODE, "It broke.", 3);
  }

  private Answer looking(Run run) {
    Session session = Objects.requireNonNull(run.session());
    seen.add(session.version() + " " + session.newest().stream().map(Message::content).toList());
    return quick(run);
  }

  private Resource counting() {
    return run -> {
      opened.incrementAndGet();
      return () -> {
        closed.incrementAndGet();
        if (run.job().submission().kind().equals("unclosed")) {
          throw new IOException("half written");
        }
      };
    };
  }

  private JobRecord run(String kind, CommitPolicy policy, @Nullable Duration timeout) {
    return workshop.ended(workshop.submit(kind, CHAT, "a", timeout, policy, OnBusy.ENQUEUE));
  }

  private boolean saved() {
    return workshop.journal.find(session("a")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "quick, DISCARD, DISCARD, SUCCEEDED, true",
    "failing, KEEP, KEEP, FAILED, true",
    "failing, KEEP, DISCARD, FAILED, false",
    "unclosed, KEEP, KEEP, FAILED, true",
    "unclosed, KEEP, DISCARD, FAILED, false",
    "held, DISCARD, KEEP, TIMED_OUT, true",
    "held, KEEP, DISCARD, TIMED_OUT, false"
  })
  void policySaysWhatAnEndSaves(
      String kind, CommitPolicy.Turn onCancel, CommitPolicy.Turn onFailure, Status end, boolean s) {
    @Nullable Duration timeout = end == Status.TIMED_OUT ? SOON : null;

    JobRecord record = run(kind, new CommitPolicy(onCancel, onFailure), timeout);

    assertThat(record.status()).isEqualTo(end);
    assertThat(saved()).isEqualTo(s);
    assertThat(workshop.journal.messages(session("a"), Long.MAX_VALUE, 10))
        .allMatch(message -> message.outcome() == end && message.job().equals(record.job().id()))
        .hasSize(s ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"KEEP, DISCARD, true", "DISCARD, KEEP, false"})
  void policySaysWhatACancelSaves(
      CommitPolicy.Turn onCancel, CommitPolicy.Turn onFailure, boolean saves) {
    var policy = new CommitPolicy(onCancel, onFailure);
    JobId id = workshop.submit("held", CHAT, "a", policy, OnBusy.ENQUEUE);
    held.awaitBegun(id);

    workshop.cancel(id);

    assertThat(workshop.ended(id).status()).isEqualTo(Status.CANCELLED);
    assertThat(saved()).isEqualTo(saves);
  }

  @Test
  void jobThatIsHandedBackSavesNothing() throws Exception {
    JobId id = workshop.submit("held", CHAT, "a", ALL, OnBusy.ENQUEUE);
    held.awaitBegun(id);

    workshop.lanes.stop(Duration.ofSeconds(10), Duration.ofSeconds(10));

    assertThat(workshop.journal.facts(HandedBack.class)).hasSize(1);
    assertThat(saved()).isFalse();
    assertThat(workshop.lanes.holder(session("a"))).isEmpty();
  }

  /** It works no more, for the server stops, and its scope still closes. */
  @ParameterizedTest
  @CsvSource({"KEEP, true", "DISCARD, false"})
  void cancelOfAJobThatIsBeingHandedBackFollowsItsPolicy(CommitPolicy.Turn onCancel, boolean saves)
      throws Exception {
    var closing = new CountDownLatch(1);
    var close = new CountDownLatch(1);
    Resource slow =
        run ->
            () -> {
              closing.countDown();
              Workshop.await(close);
            };
    workshop.close();
    workshop = new Workshop(directory, 1, 10, Map.of("held", held), List.of(slow));
    var policy = new CommitPolicy(onCancel, DISCARD);
    JobId id = workshop.submit("held", Lanes.DEFAULT, "a", policy, OnBusy.ENQUEUE);
    held.awaitBegun(id);
    workshop.lanes.stop(Duration.ZERO, Duration.ZERO);
    Workshop.await(closing);

    workshop.cancel(id);
    close.countDown();

    assertThat(workshop.ended(id).status()).isEqualTo(Status.CANCELLED);
    assertThat(saved()).isEqualTo(saves);
  }

  @Test
  void nextTurnSeesWhatTheOneBeforeSavedAndReadersTheStateBefore() {
    workshop.ended(workshop.submit("looking", CHAT, "a"));
    JobId second = workshop.submit("held", CHAT, "a");
    JobId third = workshop.submit("looking", CHAT, "a");
    held.awaitBegun(second);

    assertThat(workshop.said("a")).containsExactly("turn 1");
    assertThat(workshop.journal.find(session("a"))).map(SavedSession::version).contains(1L);
    held.letGo(second);
    workshop.ended(third);

    assertThat(seen).containsExactly("0 []", "2 [turn 1, turn 2]");
    assertThat(workshop.said("a")).containsExactly("turn 1", "turn 2", "turn 3");
  }

  @Test
  void whatIsOpenedIsClosedForAThousandJobsHoweverTheyEnd() {
    List<String> kinds = List.of("quick", "failing", "unclosed", "held");
    var ids = new ArrayList<JobId>();
    for (int i = 0; i < 1000; i++) {
      String kind = kinds.get(i % 4);
      @Nullable Duration timeout = i % 8 == 7 ? Duration.ofMillis(1) : null;
      String lane = i % 3 == 0 ? Lanes.DEFAULT : CHAT;
      JobId id = workshop.submit(kind, lane, "s" + i % 7, timeout, ALL, OnBusy.ENQUEUE);
      if (kind.equals("held") && i % 2 == 0) {
        workshop.cancel(id);
      }
      held.letGo(id);
      ids.add(id);
    }

    assertThat(ids).allMatch(id -> workshop.ended(id).status().finished());
    assertThat(workshop.journal.facts(Finished.class)).hasSize(1000);
    int started = workshop.journal.facts(Started.class).size();
    assertThat(closed.get()).isEqualTo(opened.get());
    assertThat(opened.get()).isEqualTo(started);
    assertThat(workshop.lanes.line(null, null, null, 1)).isEmpty();
  }

  @Test
  void cancelThatRacesTheEndLeavesOneEndAndWhatItsPolicySaves() throws Exception {
    var policy = new CommitPolicy(DISCARD, DISCARD);
    int succeeded = 0;
    try (ExecutorService canceller = Executors.newSingleThreadExecutor()) {
      for (int round = 0; round < 1000; round++) {
        JobId id = workshop.submit("quick", CHAT, "a", policy, OnBusy.ENQUEUE);
        canceller.submit(() -> workshop.cancel(id)).get();
        succeeded += workshop.ended(id).status() == Status.SUCCEEDED ? 1 : 0;
      }
    }

    assertThat(workshop.journal.facts(Finished.class)).hasSize(1000);
    assertThat(workshop.said("a")).hasSize(succeeded);
  }

  /** Nobody can change a held session through the server; a journal in other hands may. */
  @Test
  void jobWhoseSessionChangedUnderItFailsAndSavesNothing() {
    JobId id = workshop.submit("held", CHAT, "a", ALL, OnBusy.ENQUEUE);
    JobId next = workshop.submit("quick", CHAT, "a");
    held.awaitBegun(id);
    changeBehindItsBack();

    held.letGo(id);

    JobRecord record = workshop.ended(id);
    assertThat(record.status()).isEqualTo(Status.FAILED);
    assertThat(record.reason()).isEqualTo(Reason.SESSION_CHANGED);
    assertThat(workshop.ended(next).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(workshop.said("a")).containsExactly("by a stranger", "turn 2");
  }

  private void changeBehindItsBack() {
    var id = new JobId(new UUID(0x7001, 1));
    var submission = new Submission("quick", CHAT, Map.of(), null, List.of());
    var outcome = new Outcome.Succeeded(DONE);
    var said = new Appended("user", "by a stranger", Instant.EPOCH);
    var change = new SessionChange(session("a"), 0, null, List.of(said));
    workshop
        .journal
        .append(
            List.of(
                new Accepted(new Job(id, 99, submission, Instant.EPOCH)),
                new Started(id, 1, Instant.EPOCH),
                new Finished(id, 1, Instant.EPOCH, null, outcome, null, List.of(), change)),
            () -> {})
        .join();
  }
}
