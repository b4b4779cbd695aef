package dev.fermata.journal;

import static dev.fermata.journal.Sample.NOON;
import static dev.fermata.journal.Sample.finished;
import static dev.fermata.journal.Sample.job;
import static dev.fermata.journal.Sample.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fermata.job.Answer;
import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Event.StatusChanged;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.Fact.Crashed;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.Joined;
import dev.fermata.job.Fact.Reported;
import dev.fermata.job.Fact.Retried;
import dev.fermata.job.Fact.Spawned;
import dev.fermata.job.Job;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Outcome;
import dev.fermata.job.Owner;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Progress;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import dev.fermata.job.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every journal makes of facts, whatever it is made of. */
public abstract class JournalContract extends StorageContract {

  private static final ProcessGroup GROUP = new ProcessGroup(4711, 123456789L, "boot");

  private static final Instant DUE = NOON.plusSeconds(60);

  private final Job first = job(1);
  private final Job second = job(2);

  @Test
  void acceptedJobIsFoundWhole() {
    store(new Accepted(first));

    JobRecord record = find(first);
    assertThat(record.job()).isEqualTo(first);
    assertThat(record.status()).isEqualTo(Status.QUEUED);
    assertThat(record.attempt()).isZero();
    assertThat(record.startedAt()).isNull();
    assertThat(record.warnings()).containsExactly("repaired");
  }

  @Test
  void lifeOfAJobAddsUp() {
    store(new Accepted(first), started(first, 1));
    assertThat(find(first).status()).isEqualTo(Status.RUNNING);
    assertThat(find(first).startedAt()).isEqualTo(NOON);

    var progress = new Progress(0.5, "half");
    Outcome outcome = succeeded(first.id(), 1).outcome();
    store(
        new Finished(
            first.id(),
            1,
            NOON.plusMillis(7),
            NOON.plusMillis(6),
            outcome,
            progress,
            List.of("odd"),
            null));

    JobRecord record = find(first);
    assertThat(record.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(record.reason()).isNull();
    assertThat(record.returnedAt()).isEqualTo(NOON.plusMillis(6));
    assertThat(record.finishedAt()).isEqualTo(NOON.plusMillis(7));
    assertThat(record.returnCode()).isZero();
    assertThat(record.progress()).isEqualTo(progress);
    assertThat(record.result()).isEqualTo(((Outcome.Succeeded) outcome).answer().result());
    assertThat(record.warnings()).containsExactly("repaired", "odd");
  }

  @Test
  void everyOutcomeIsReadBackAsItEnded() {
    List<Outcome> outcomes =
        List.of(
            new Outcome.Succeeded(new Answer(null, null)),
            new Outcome.Succeeded(new Answer(Result.inFile(Result.BINARY, "a/b"), 3)),
            new Outcome.Failed(Reason.EXIT_CODE, "It broke.", 137),
            new Outcome.Failed(Reason.HANDLER_ERROR, null, null),
            new Outcome.Cancelled(Reason.CLIENT_REQUEST, 143),
            new Outcome.TimedOut(Duration.ofMillis(1500), 143),
            new Outcome.Lost(4));

    for (int i = 0; i < outcomes.size(); i++) {
      Job job = job(i + 1);
      Outcome outcome = outcomes.get(i);
      store(new Accepted(job), started(job, 1), finished(job.id(), 1, outcome));

      JobRecord record = find(job);
      assertThat(record.status()).isEqualTo(outcome.status());
      assertThat(record.reason()).isEqualTo(outcome.reason());
      assertThat(record.message()).isEqualTo(outcome.message());
      assertThat(record.returnCode()).isEqualTo(outcome.returnCode());
    }
  }

  @Test
  void secondEndIsStale() {
    store(new Accepted(first), started(first, 1), succeeded(first.id(), 1));

    assertStale(finished(first.id(), 1, new Outcome.Cancelled(Reason.CLIENT_REQUEST, null)));
    assertThat(find(first).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void factsOfAnOlderAttemptAreStale() {
    store(new Accepted(first), started(first, 1), new HandedBack(first.id(), 1, NOON));
    store(started(first, 2));

    assertStale(succeeded(first.id(), 1));
    assertStale(new Spawned(first.id(), 1, GROUP));
    assertStale(new Reported(first.id(), 1, NOON, List.of()));
    assertStale(new HandedBack(first.id(), 1, NOON));
    assertStale(new Crashed(first.id(), 1, NOON));
    assertStale(started(first, 2));
    assertThat(find(first).status()).isEqualTo(Status.RUNNING);
    assertThat(find(first).attempt()).isEqualTo(2);
  }

  /** It may have been taken for dead, and says how it ended before the next attempt starts. */
  @Test
  void endOfAnAttemptWhoseJobWaitsAgainIsStale() {
    store(new Accepted(first), started(first, 1), new Crashed(first.id(), 1, NOON));

    assertStale(succeeded(first.id(), 1));

    store(finished(first.id(), 1, new Outcome.Cancelled(Reason.CLIENT_REQUEST, null)));
    assertThat(find(first).status()).as("it was cancelled in line").isEqualTo(Status.CANCELLED);
  }

  @Test
  void startFollowsOnlyAWait() {
    store(new Accepted(first));

    assertStale(started(first, 2));
    assertStale(started(second, 1));
    assertStale(new CancelAsked(first.id(), Reason.CLIENT_REQUEST, NOON));
    assertStale(new HandedBack(first.id(), 0, NOON));
    assertStale(new Reported(first.id(), 0, NOON, List.of()));
  }

  @Test
  void staleFactTakesItsWholeGroupWithItAndNoOther() {
    store(new Accepted(first), started(first, 1));

    CompletableFuture<Void> before = append(new Accepted(job(3)));
    CompletableFuture<Void> group =
        append(new Accepted(second), succeeded(first.id(), 1), succeeded(first.id(), 1));
    CompletableFuture<Void> after = append(new Accepted(job(4)), started(job(4), 1));

    assertThatCode(before::join).doesNotThrowAnyException();
    assertThatThrownBy(group::join).hasCauseInstanceOf(Stale.class);
    assertThatCode(after::join).doesNotThrowAnyException();
    assertThat(jobs().find(second.id())).isEmpty();
    assertThat(find(first).status()).isEqualTo(Status.RUNNING);
    assertThat(jobs().find(job(3).id())).isPresent();
    assertThat(find(job(4)).status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void cancelIsKeptUntilTheEndWithItsFirstReason() {
    store(new Accepted(first), started(first, 1));
    store(new CancelAsked(first.id(), Reason.CLIENT_REQUEST, NOON));
    store(new CancelAsked(first.id(), Reason.TIMEOUT, NOON));

    assertThat(find(first).status()).isEqualTo(Status.CANCELLING);
    assertThat(find(first).reason()).isEqualTo(Reason.CLIENT_REQUEST);
    assertStale(new HandedBack(first.id(), 1, NOON));
    assertStale(new Crashed(first.id(), 1, NOON));

    store(succeeded(first.id(), 1));
    assertThat(find(first).reason()).isNull();
  }

  @Test
  void jobThatWaitsAgainHasNotStarted() {
    store(new Accepted(first), started(first, 1), new Spawned(first.id(), 1, GROUP));
    store(new HandedBack(first.id(), 1, NOON));

    assertThat(find(first).status()).isEqualTo(Status.QUEUED);
    assertThat(find(first).startedAt()).isNull();
    assertThat(find(first).attempt()).isEqualTo(1);
    assertThat(replayed()).extracting(Unfinished::crashes).containsExactly(0);
    assertThat(replayed().getFirst().group()).isNull();
  }

  @Test
  void replayTellsWhatARestartMustKnow() {
    store(new Accepted(second), new Accepted(first), new Accepted(job(3)));
    store(started(first, 1), new Crashed(first.id(), 1, NOON), started(first, 2));
    store(
        new Spawned(first.id(), 2, GROUP),
        new CancelAsked(first.id(), Reason.CLIENT_REQUEST, NOON));
    store(finished(job(3).id(), 0, new Outcome.Cancelled(Reason.CLIENT_REQUEST, null)));

    assertThat(replayed())
        .containsExactly(
            new Unfinished(
                first.id(),
                1,
                Job.place(1),
                "blastp",
                "default",
                Owner.NOBODY,
                null,
                Status.CANCELLING,
                2,
                1,
                first.submittedAt(),
                GROUP,
                Reason.CLIENT_REQUEST),
            new Unfinished(
                second.id(),
                2,
                Job.place(2),
                "blastp",
                "default",
                Owner.NOBODY,
                null,
                Status.QUEUED,
                0,
                0,
                second.submittedAt(),
                null,
                null));
  }

  @Test
  void replayKeepsNamesApartWhateverIsInThem() {
    var owner = new Owner("alice");
    var submission =
        new Submission(
            owner,
            "my kind, \"1\"",
            "my lane\u001f",
            new SessionId(owner, "talk"),
            Map.of(),
            null,
            CommitPolicy.DEFAULT,
            OnDisconnect.CONTINUE,
            List.of());
    store(new Accepted(new Job(Sample.id(1), 1, submission, NOON)), new Accepted(second));

    assertThat(replayed())
        .extracting(Unfinished::kind, Unfinished::lane, Unfinished::owner, Unfinished::session)
        .containsExactly(
            tuple("my kind, \"1\"", "my lane\u001f", owner, new SessionId(owner, "talk")),
            tuple("blastp", "default", Owner.NOBODY, null));
  }

  @Test
  void cancelInLineLeavesWhatEarlierAttemptsSaid() {
    store(new Accepted(first), started(first, 1), retried(first, 1));

    store(finished(first.id(), 1, new Outcome.Cancelled(Reason.CLIENT_REQUEST, null)));

    assertThat(find(first).warnings()).containsExactly("repaired", "odd");
  }

  @Test
  void whatFollowsACommitRunsInOrderAndBeforeTheFutureCompletes() {
    List<String> trail = new CopyOnWriteArrayList<>();
    var commits = new ArrayList<CompletableFuture<Void>>();
    for (int i = 1; i <= 50; i++) {
      String name = String.valueOf(i);
      var commit = journal().append(List.of(new Accepted(job(i))), () -> trail.add(name));
      commits.add(commit.thenRun(() -> assertThat(trail).contains(name)));
    }

    commits.forEach(CompletableFuture::join);

    assertThat(trail).hasSize(50).isSortedAccordingTo(Comparator.comparing(Integer::valueOf));
  }

  @Test
  void nothingFollowsARefusedCommit() {
    List<String> trail = new CopyOnWriteArrayList<>();

    var refused = journal().append(List.of(started(first, 1)), () -> trail.add("ran"));

    assertThatThrownBy(refused::join).hasCauseInstanceOf(Stale.class);
    assertThat(trail).isEmpty();
  }

  @Test
  void failureOfWhatFollowsDoesNotEndTheJournal() {
    var commit =
        journal()
            .append(
                List.of(new Accepted(first)),
                () -> {
                  throw new IllegalStateException("what follows is broken");
                });

    assertThatThrownBy(commit::join).hasCauseInstanceOf(IllegalStateException.class);
    store(new Accepted(second));
  }

  @Test
  void emptyGroupIsACommitToo() {
    assertThatCode(() -> append().join()).doesNotThrowAnyException();
  }

  @Test
  void replayTellsThePlacesInTheOrderOfAcceptance() {
    Job third = Sample.inSession(3, "talk");
    store(new Accepted(first), new Accepted(second), new Accepted(third, second.place() - 1));

    assertThat(replayed()).extracting(Unfinished::seq).containsExactly(1L, 2L, 3L);
    assertThat(replayed())
        .extracting(Unfinished::place)
        .containsExactly(first.place(), second.place(), second.place() - 1);
    assertThat(replayed())
        .extracting(Unfinished::session)
        .containsExactly(null, null, Sample.session("talk"));
  }

  @Test
  void jobThatIsRetriedWaitsAndIsNotInLine() {
    store(new Accepted(first), started(first, 1), new Spawned(first.id(), 1, GROUP));
    store(retried(first, 1));

    JobRecord record = find(first);
    assertThat(record.status()).isEqualTo(Status.QUEUED);
    assertThat(record.reason()).isNull();
    assertThat(record.startedAt()).isNull();
    assertThat(record.finishedAt()).isNull();
    assertThat(record.attempt()).isEqualTo(1);
    assertThat(record.failures()).isEqualTo(1);
    assertThat(record.warnings()).containsExactly("repaired", "odd");
    assertThat(replayed()).extracting(Unfinished::dueAt).containsExactly(DUE);
    assertThat(replayed().getFirst().group()).isNull();
    assertThat(eventsOf(first).getLast().what())
        .isEqualTo(new StatusChanged(Status.QUEUED, Reason.EXIT_CODE, 1));
    assertThat(eventsOf(first)).extracting(event -> event.number()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void jobThatJoinsStandsAtItsNewPlaceAndNobodySeesIt() {
    store(new Accepted(first), new Accepted(second), started(first, 1), retried(first, 1));
    store(new Joined(first.id(), Job.place(3)));

    assertThat(replayed()).extracting(Unfinished::seq).containsExactly(1L, 2L);
    assertThat(replayed().getFirst().place()).isEqualTo(Job.place(3));
    assertThat(replayed().getFirst().turn()).as("as accepted").isEqualTo(Job.place(1));
    assertThat(replayed()).extracting(Unfinished::dueAt).containsOnlyNulls();
    assertThat(eventsOf(first)).hasSize(3);

    store(started(first, 2));
    assertThat(find(first).warnings()).as("until this attempt is over").contains("odd");
    store(retried(first, 2), new Joined(first.id(), Job.place(4)), started(first, 3));
    store(succeeded(first.id(), 3));
    assertThat(find(first).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(find(first).failures()).isEqualTo(2);
  }

  @Test
  void jobThatIsNotDueYetIsNotInLine() {
    var submission =
        new Submission(
            Owner.NOBODY,
            "chat",
            "default",
            null,
            Map.of(),
            null,
            CommitPolicy.DEFAULT,
            OnDisconnect.CONTINUE,
            3,
            DUE,
            List.of());
    var job = new Job(Sample.id(1), 1, submission, NOON);
    store(new Accepted(job));

    assertThat(find(job).job()).isEqualTo(job);
    assertThat(replayed()).extracting(Unfinished::dueAt).containsExactly(DUE);

    store(new Joined(job.id(), Job.place(2)));
    assertThat(find(job).job()).isEqualTo(job);
    assertThat(replayed()).extracting(Unfinished::dueAt).containsOnlyNulls();
  }

  @Test
  void onlyARunningAttemptIsRetriedAndOnlyAWaitingJobJoins() {
    store(new Accepted(first));
    assertStale(retried(first, 0));
    store(started(first, 1));
    assertStale(retried(first, 2));
    assertStale(new Joined(first.id(), Job.place(3)));
    store(new CancelAsked(first.id(), Reason.CLIENT_REQUEST, NOON));
    assertStale(retried(first, 1));
    store(finished(first.id(), 1, new Outcome.Failed(Reason.EXIT_CODE, null, 1)));
    assertStale(new Joined(first.id(), Job.place(3)));
    assertStale(new Joined(second.id(), Job.place(3)));
  }

  @Test
  void jobThatWaitsForItsRetryCanBeCancelledAndNotAskedTo() {
    store(new Accepted(first), started(first, 1), retried(first, 1));

    assertStale(new CancelAsked(first.id(), Reason.CLIENT_REQUEST, NOON));
    store(finished(first.id(), 1, new Outcome.Cancelled(Reason.CLIENT_REQUEST, null)));

    assertThat(find(first).status()).isEqualTo(Status.CANCELLED);
    assertThat(replayed()).isEmpty();
  }

  /** A number of acceptance gives a place, too: it must not be one that somebody stands at. */
  @Test
  void placeInLineIsNeverGivenTwice() {
    store(new Accepted(first), new Accepted(second), new Joined(first.id(), Job.place(7)));

    assertThat(journal().lastSeq()).isEqualTo(7);
  }

  private static Retried retried(Job job, int attempt) {
    var failure = new Outcome.Failed(Reason.EXIT_CODE, "It broke.", 3);
    return new Retried(job.id(), attempt, NOON, DUE, failure, List.of("odd"));
  }

  private List<Unfinished> replayed() {
    var all = new ArrayList<Unfinished>();
    journal().replay(all::add);
    return all;
  }
}
