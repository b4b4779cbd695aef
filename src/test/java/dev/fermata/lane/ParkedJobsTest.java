package dev.fermata.lane;

import static dev.fermata.lane.Workshop.DONE;
import static dev.fermata.lane.Workshop.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.Answer;
import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.Joined;
import dev.fermata.job.Fact.Retried;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.job.Submission;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.MemoryJournal;
import dev.fermata.journal.Sample;
import dev.fermata.kind.Backoff;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Run;
import dev.fermata.lane.Standing.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that are not due wait out of line, and nobody but their sessions' turns waits for them. */
@Timeout(60)
class ParkedJobsTest {

  private static final String CHAT = "chat";
  private static final List<LaneSpec> LANES =
      List.of(new LaneSpec(Lanes.DEFAULT, 1, 5), new LaneSpec(CHAT, 4, 5));
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path directory;

  private final SetTime time = new SetTime();
  private final HeldTurns held = new HeldTurns();
  private final Map<String, JobHandler> handlers =
      Map.of("quick", run -> DONE, "held", held, "second", ParkedJobsTest::second);
  private final MemoryJournal journal = new MemoryJournal();

  private Workshop workshop;

  /** Succeeds at the second attempt. */
  private static Answer second(Run run) throws JobFailed {
    if (run.attempt() == 1) {
      throw new JobFailed(Reason.EXIT_CODE, "It broke.", 1);
    }
    return DONE;
  }

  @BeforeEach
  void open() {
    workshop = workshop();
    workshop.lanes.begin();
  }

  private Workshop workshop() {
    return new Workshop(
        journal, directory, LANES, handlers, List.of(), Backoff.DEFAULT, time, time.timer());
  }

  @AfterEach
  void close() {
    workshop.close();
    time.close();
  }

  private JobId later(Duration wait) {
    return submit("quick", Lanes.DEFAULT, null, wait);
  }

  private JobId quick(@Nullable String session) {
    return submit("quick", Lanes.DEFAULT, session, null);
  }

  private JobId submit(
      String kind, String lane, @Nullable String session, @Nullable Duration wait) {
    @Nullable Instant notBefore = wait == null ? null : time.instant().plus(wait);
    var submission =
        new Submission(
            Owner.NOBODY,
            kind,
            lane,
            session == null ? null : Sample.session(session),
            Map.of(),
            null,
            CommitPolicy.DEFAULT,
            OnDisconnect.CONTINUE,
            2,
            notBefore,
            List.of());
    return workshop.lanes.submit(submission, OnBusy.ENQUEUE, null).job().id();
  }

  /** A job of the default lane that has failed once and rests. */
  private JobId resting(String session) {
    JobId id = submit("second", Lanes.DEFAULT, session, null);
    awaitParked(id);
    return id;
  }

  private void awaitParked(JobId id) {
    awaitTrue(() -> where(id) == Where.PARKED);
  }

  private @Nullable Where where(JobId id) {
    return workshop.lanes.standing(id).map(standing -> standing.place().where()).orElse(null);
  }

  private @Nullable Integer position(JobId id) {
    return workshop.lanes.standing(id).orElseThrow().position();
  }

  private List<JobId> starts() {
    return journal.facts(Started.class).stream().map(Started::id).toList();
  }

  private List<JobId> line() {
    return workshop.lanes.line(null, null, null, 100).stream().map(Standing::id).toList();
  }

  @Test
  void jobStartsNotBeforeItsTimeAndJoinsAtTheTail() {
    JobId holder = submit("held", Lanes.DEFAULT, null, null);
    held.awaitBegun(holder);
    JobId later = later(HOUR);
    JobId other = quick(null);

    assertThat(position(later)).isNull();
    assertThat(position(other)).isEqualTo(1);
    assertThat(workshop.lanes.standing(later).orElseThrow().estimatedStartAt())
        .isEqualTo(SetTime.NOON.plus(HOUR));
    assertThat(workshop.lanes.views().getFirst().waiting()).isEqualTo(2);
    assertThat(line()).containsExactly(holder, other, later);

    time.pass(HOUR.minusMillis(1));
    assertThat(journal.facts(Joined.class)).isEmpty();
    time.pass(Duration.ofMillis(1));
    awaitTrue(() -> where(later) == Where.IN_LINE);

    assertThat(position(later)).isEqualTo(2);
    held.letGo(holder);
    workshop.ended(later);
    assertThat(starts()).containsExactly(holder, other, later);
  }

  @Test
  void jobsThatAreDueJoinInTheOrderOfTheirTimes() {
    JobId last = later(HOUR.multipliedBy(2));
    JobId first = later(HOUR);
    time.set(HOUR.multipliedBy(3));
    time.pass(Duration.ofSeconds(10));

    workshop.ended(last);
    assertThat(starts()).containsExactly(first, last);
    assertThat(journal.commits())
        .anySatisfy(facts -> assertThat(facts).hasSize(2).allMatch(Joined.class::isInstance));
  }

  @Test
  void clockThatIsSetForwardIsSeenWithinSecondsAndOneSetBackIsBelieved() {
    JobId soon = later(HOUR);
    JobId late = later(HOUR.multipliedBy(3));
    time.set(HOUR);
    time.pass(Duration.ofSeconds(10));
    workshop.ended(soon);

    time.set(HOUR.negated());
    time.pass(HOUR.multipliedBy(2));
    assertThat(where(late)).isEqualTo(Where.PARKED);
    time.pass(HOUR);
    assertThat(workshop.ended(late).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void parkedJobsCountAsWaitingAndTheBacklogListsThemLast() {
    JobId holder = submit("held", Lanes.DEFAULT, null, null);
    held.awaitBegun(holder);
    JobId first = later(HOUR);
    JobId second = later(SECOND);
    JobId elsewhere = submit("quick", CHAT, null, HOUR);
    JobId inLine = quick(null);
    later(HOUR);
    JobId last = quick(null);

    assertThatThrownBy(() -> later(HOUR)).isInstanceOf(Refused.BacklogFull.class);
    assertThat(line()).startsWith(holder, inLine, last, first, second, elsewhere);
    List<Standing> page = workshop.lanes.line(null, null, null, 4);
    assertThat(page).extracting(Standing::id).containsExactly(holder, inLine, last, first);
    assertThat(workshop.lanes.line(null, null, page.getLast().place(), 2))
        .extracting(Standing::id)
        .containsExactly(second, elsewhere);
    assertThat(workshop.lanes.line(null, CHAT, null, 9))
        .extracting(Standing::id)
        .containsExactly(elsewhere);
    held.letGo(holder);
  }

  /** With the earlier turn behind it in line, a lane of one worker would wait for ever. */
  @Test
  void laterTurnsWaitForAnEarlierOneThatRestsAndOthersPass() {
    JobId holder = submit("held", Lanes.DEFAULT, null, null);
    JobId resting = submit("second", Lanes.DEFAULT, "a", null);
    JobId later = quick("a");
    JobId elsewhere = submit("quick", CHAT, "a", null);
    held.letGo(holder);
    awaitParked(later);
    JobId afterwards = quick("a");
    workshop.ended(quick("b"));
    workshop.ended(submit("quick", CHAT, "c", null));

    assertThat(where(resting)).isEqualTo(Where.PARKED);
    assertThat(where(elsewhere)).isIn(Where.PARKED, null);
    assertThat(where(afterwards)).isEqualTo(Where.PARKED);
    assertThat(workshop.lanes.standing(later).orElseThrow().estimatedStartAt()).isNull();
    time.pass(SECOND);
    workshop.ended(afterwards);

    assertThat(starts().stream().filter(List.of(resting, later, afterwards)::contains))
        .containsExactly(resting, resting, later, afterwards);
  }

  @Test
  void laterTurnThatIsDueEarlierWaitsAllTheSame() {
    JobId resting = resting("a");
    JobId soon = submit("quick", Lanes.DEFAULT, "a", Duration.ofMillis(500));
    JobId late = submit("quick", Lanes.DEFAULT, "a", HOUR);
    JobId last = quick("a");
    time.pass(Duration.ofMillis(900));
    assertThat(List.of(resting, soon, late, last)).allMatch(id -> where(id) == Where.PARKED);

    time.pass(Duration.ofMillis(100));
    workshop.ended(soon);
    assertThat(List.of(late, last)).allMatch(id -> where(id) == Where.PARKED);
    time.pass(HOUR);
    workshop.ended(last);

    assertThat(starts()).containsExactly(resting, resting, soon, late, last);
  }

  @Test
  void turnThatInterruptsStandsBeforeTheParkedOnes() {
    JobId resting = resting("a");
    JobId later = quick("a");

    JobId urgent = workshop.submit("quick", CHAT, "a", CommitPolicy.DEFAULT, OnBusy.INTERRUPT);
    assertThat(workshop.ended(urgent).status()).isEqualTo(Status.SUCCEEDED);
    JobId next =
        workshop.submit("quick", Lanes.DEFAULT, "a", CommitPolicy.DEFAULT, OnBusy.ROLLBACK);
    assertThat(workshop.ended(next).status()).isEqualTo(Status.SUCCEEDED);

    assertThat(where(resting)).isEqualTo(Where.PARKED);
    time.pass(SECOND);
    workshop.ended(later);
    assertThat(starts()).containsExactly(resting, urgent, next, resting, later);
  }

  @Test
  void sessionOfAParkedJobIsBusy() {
    JobId resting = resting("a");

    assertThatThrownBy(
            () -> workshop.submit("quick", CHAT, "a", CommitPolicy.DEFAULT, OnBusy.REJECT))
        .isInstanceOfSatisfying(
            Refused.SessionBusy.class, busy -> assertThat(busy.holder()).isEqualTo(resting));
    assertThat(workshop.lanes.holder(Sample.session("a"))).isEmpty();
  }

  @Test
  void cancelledJobLeavesAtOnceAndItsTurnsJoinInTheirOrder() {
    JobId resting = resting("a");
    JobId second = quick("a");
    JobId third = quick("a");

    assertThat(workshop.cancel(resting)).isInstanceOf(CancelAnswer.Cancelled.class);

    assertThat(workshop.record(resting).status()).isEqualTo(Status.CANCELLED);
    workshop.ended(third);
    assertThat(starts()).containsExactly(resting, second, third);
    assertThat(workshop.cancel(resting)).isInstanceOf(CancelAnswer.NotInLine.class);
    assertThat(line()).isEmpty();
  }

  @Test
  void jobWhoseCancelIsRefusedStaysParkedWithItsTurns() {
    JobId resting = resting("a");
    JobId second = quick("a");
    journal.refuse(Finished.class::isInstance);

    assertThatThrownBy(() -> workshop.cancel(resting)).isInstanceOf(JournalUnavailable.class);

    awaitTrue(() -> where(resting) == Where.PARKED && where(second) == Where.PARKED);
    journal.refuseNothing();
    time.pass(SECOND);
    workshop.ended(second);
    assertThat(starts()).containsExactly(resting, resting, second);
  }

  @Test
  void cancelOfAJobThatJoinsWaitsForItsPlace() throws Exception {
    JobId holder = submit("held", Lanes.DEFAULT, null, null);
    held.awaitBegun(holder);
    JobId later = later(SECOND);
    journal.hold();
    time.pass(SECOND);
    awaitTrue(() -> journal.pending() == 1);
    CompletableFuture<CancelAnswer> cancel =
        CompletableFuture.supplyAsync(() -> workshop.cancel(later));
    assertThatThrownBy(() -> cancel.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    journal.release();

    assertThat(cancel.get(10, TimeUnit.SECONDS)).isInstanceOf(CancelAnswer.Cancelled.class);
    assertThat(workshop.record(later).status()).isEqualTo(Status.CANCELLED);
    assertThat(journal.facts(Joined.class)).hasSize(1);
    assertThat(line()).containsExactly(holder);
    held.letGo(holder);
  }

  @ParameterizedTest
  @ValueSource(strings = {Lanes.DEFAULT, CHAT})
  void cancelOfManyFindsAJobThatJoinsWhateverItsLane(String lane) throws Exception {
    JobId holder = submit("held", lane, null, null);
    held.awaitBegun(holder);
    JobId later = submit("quick", lane, null, SECOND);
    journal.hold();
    time.pass(SECOND);
    awaitTrue(() -> journal.pending() == 1);
    CompletableFuture<Integer> count =
        CompletableFuture.supplyAsync(
            () -> workshop.lanes.cancelAll(List.of(later), Reason.CLIENT_REQUEST));
    assertThatThrownBy(() -> count.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    journal.release();

    assertThat(count.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(workshop.record(later).status()).isEqualTo(Status.CANCELLED);
    held.letGo(holder);
  }

  @Test
  void jobWhosePlaceIsRefusedStaysParkedAndAsksAgain() {
    JobId later = later(SECOND);
    journal.refuse(Joined.class::isInstance);
    time.pass(SECOND);
    journal.awaitRefusals(1);
    awaitTrue(() -> where(later) == Where.PARKED);

    journal.refuseNothing();
    awaitTrue(
        () -> {
          time.pass(SECOND);
          return !journal.facts(Joined.class).isEmpty();
        });
    assertThat(workshop.ended(later).status()).isEqualTo(Status.SUCCEEDED);
  }

  /** A disk that refuses the failure must let nobody pass who has to wait for the job. */
  @Test
  void nothingMovesUntilTheFailureIsDurable() {
    journal.refuse(Retried.class::isInstance);
    JobId failing = submit("second", Lanes.DEFAULT, "a", null);
    awaitTrue(() -> workshop.lanes.holder(Sample.session("a")).isPresent());
    JobId later = submit("quick", CHAT, "a", null);
    journal.awaitRefusals(1);
    awaitTrue(() -> workshop.patience.waitingSince().isPresent());

    assertThat(where(failing)).isEqualTo(Where.RUNNING);
    assertThat(where(later)).isEqualTo(Where.IN_LINE);
    assertThat(starts()).containsExactly(failing);
    journal.refuseNothing();
    awaitParked(later);
    time.pass(SECOND);
    workshop.ended(later);
    assertThat(starts()).containsExactly(failing, failing, later);
  }

  /** The server died before the later turn took its place behind the one that had joined. */
  @Test
  void turnThatWouldStandBeforeAnEarlierOneAfterARestartJoinsBehindIt() throws Exception {
    JobId holder = submit("held", Lanes.DEFAULT, null, null);
    held.awaitBegun(holder);
    JobId first = submit("quick", Lanes.DEFAULT, "a", HOUR);
    JobId second = quick("a");
    JobId other = quick(null);
    workshop.lanes.stop(SECOND, Duration.ofMillis(500));
    journal.append(new Joined(first, Job.place(9))).join();
    held.letGo(holder);

    restart();
    workshop.ended(second);
    assertThat(starts()).endsWith(holder, other, first, second);
  }

  /** The server died after the earlier turn had joined and before it could start. */
  @Test
  void turnInAnotherLaneStaysBehindAnEarlierOneThatJoinedOverARestart() throws Exception {
    JobId resting = resting("a");
    JobId elsewhere = submit("quick", CHAT, "a", null);
    JobId holder = submit("held", Lanes.DEFAULT, null, null);
    held.awaitBegun(holder);
    time.pass(SECOND);
    awaitTrue(() -> where(resting) == Where.IN_LINE);
    assertThat(where(elsewhere)).isEqualTo(Where.PARKED);

    restart();
    assertThat(where(elsewhere)).isEqualTo(Where.PARKED);
    held.letGo(holder);
    workshop.ended(elsewhere);
    assertThat(starts()).endsWith(resting, elsewhere);
  }

  @Test
  void restartFindsThemParkedAsTheyWere() throws Exception {
    JobId resting = resting("a");
    JobId later = quick("a");
    JobId other = later(HOUR);
    restart();

    assertThat(List.of(resting, later, other)).allMatch(id -> where(id) == Where.PARKED);
    assertThat(workshop.ended(quick("b")).status()).isEqualTo(Status.SUCCEEDED);
    time.pass(SECOND);
    workshop.ended(later);
    assertThat(where(other)).isEqualTo(Where.PARKED);
    assertThat(workshop.record(resting).attempt()).isEqualTo(2);
    assertThat(starts()).endsWith(resting, later);
  }

  @Test
  void thoseThatBecameDueWhileTheServerWasDownJoinInTheOrderOfTheirTimes() throws Exception {
    JobId last = later(HOUR.plus(SECOND));
    JobId first = later(HOUR);
    JobId resting = resting("a");
    JobId later = quick("a");
    workshop.lanes.stop(SECOND, Duration.ZERO);
    time.pass(HOUR.multipliedBy(2));
    restart();

    workshop.ended(last);
    assertThat(starts()).containsExactly(resting, resting, later, first, last);
  }

  /** The first of its session in line, and its second turn, which came before and is not due. */
  @Test
  void jobThatJoinedStandsBeforeATurnThatIsNotDueAlsoAfterARestart() throws Exception {
    JobId first = resting("a");
    JobId second = submit("quick", Lanes.DEFAULT, "a", HOUR);
    JobId holder = submit("held", Lanes.DEFAULT, null, null);
    held.awaitBegun(holder);
    time.pass(SECOND);
    awaitTrue(() -> where(first) == Where.IN_LINE);
    workshop.lanes.stop(SECOND, Duration.ofMillis(500));
    restart();

    held.letGo(holder);
    workshop.ended(first);
    assertThat(where(second)).isEqualTo(Where.PARKED);
  }

  @Test
  void placesAreNotGivenAgainAfterARestart() throws Exception {
    JobId holder = submit("held", Lanes.DEFAULT, null, null);
    held.awaitBegun(holder);
    JobId joined = later(SECOND);
    time.pass(SECOND);
    awaitTrue(() -> where(joined) == Where.IN_LINE);
    workshop.lanes.stop(SECOND, Duration.ofMillis(500));
    restart();
    JobId next = quick(null);

    held.letGo(holder);
    workshop.ended(next);
    assertThat(starts()).endsWith(joined, next);
    assertThat(journal.facts(Fact.Accepted.class))
        .extracting(Fact.Accepted::place)
        .doesNotHaveDuplicates();
  }

  /** As older versions wrote them, of jobs that interrupted from two lanes. */
  @Test
  void turnsThatHaveOnePlaceInTheJournalGetTwo() throws Exception {
    JobId first = quick("a");
    workshop.ended(first);
    workshop.lanes.stop(SECOND, SECOND);
    for (long seq : List.of(10, 11)) {
      journal.append(List.of(new Accepted(Sample.inSession(seq, "a"), 42, null)), () -> {}).join();
    }
    workshop = workshop();
    workshop.recover();

    assertThat(workshop.lanes.line(null, null, null, 100))
        .extracting(Standing::place)
        .extracting(Standing.Place::number)
        .containsExactly(41L, 42L);
    workshop.lanes.begin();
    workshop.ended(Sample.job(10).id());
    workshop.ended(Sample.job(11).id());
  }

  /** As a start does; what ran before must be at rest. */
  private void restart() throws InterruptedException {
    workshop.lanes.stop(SECOND, Duration.ofMillis(500));
    workshop = workshop();
    workshop.recover();
    workshop.lanes.begin();
  }
}
