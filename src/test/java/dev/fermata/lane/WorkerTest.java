package dev.fermata.lane;

import static dev.fermata.lane.Workshop.DONE;
import static dev.fermata.lane.Workshop.await;
import static dev.fermata.lane.Workshop.trailing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.Fact.Spawned;
import dev.fermata.job.JobId;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Progress;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.job.Status;
import dev.fermata.journal.JobRecord;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Resource;
import dev.fermata.kind.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One job from its start to its end: every way in which a handler or a resource may behave. */
@Timeout(60)
class WorkerTest {

  private static final Duration CENTURIES = Duration.ofDays(999_999_999);

  @TempDir private Path directory;

  private final List<String> trail = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private @Nullable Workshop opened;

  @AfterEach
  void close() {
    workshop().close();
  }

  @Test
  void answerIsTheOutcome() {
    var result = Result.inline(Result.TEXT, "hits");

    JobRecord record = run(run -> new Answer(result, 0));

    assertThat(record.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(record.result()).isEqualTo(result);
    assertThat(record.returnCode()).isZero();
  }

  @Test
  void progressAndWarningsAreKept() {
    JobRecord record =
        run(
            run -> {
              run.progress(new Progress(0.5, "half"));
              run.progress(new Progress(1.0, null));
              run.warn("odd");
              return DONE;
            });

    assertThat(record.progress()).isEqualTo(new Progress(1.0, null));
    assertThat(record.warnings()).containsExactly("odd");
  }

  @Test
  void failureThatTheHandlerNamesKeepsItsReason() {
    JobRecord record =
        run(
            run -> {
              throw new JobFailed(Reason.EXIT_CODE, "It broke.", 3);
            });

    assertThat(record.status()).isEqualTo(Status.FAILED);
    assertThat(record.reason()).isEqualTo(Reason.EXIT_CODE);
    assertThat(record.message()).isEqualTo("It broke.");
    assertThat(record.returnCode()).isEqualTo(3);
  }

  @Test
  void anyOtherFailureIsTheHandlersError() {
    assertHandlerError(
        run -> {
          throw new IOException("no such file");
        },
        "no such file");
  }

  @Test
  void errorEndsTheJobAndNotTheLane() {
    assertHandlerError(
        run -> {
          throw new StackOverflowError("too deep");
        },
        "too deep");
    assertThat(ended(workshop().submit("kind")).reason()).isEqualTo(Reason.HANDLER_ERROR);
  }

  @Test
  @SuppressWarnings("NullAway") // as a handler does that no compiler checks
  void handlerWithoutAnAnswerEndsTheJobAndNotTheLane() {
    assertHandlerError(run -> null, "it gave no answer");
  }

  private void assertHandlerError(JobHandler handler, String message) {
    JobRecord record = run(handler);

    assertThat(record.status()).isEqualTo(Status.FAILED);
    assertThat(record.reason()).isEqualTo(Reason.HANDLER_ERROR);
    assertThat(record.message()).contains(message);
    assertThat(trail).containsExactly("opened 1", "closed 1");
  }

  @Test
  void kindThatVanishedFailsItsJobs() {
    open(Map.of(), trailing(trail));

    JobRecord record = ended(workshop().submit("gone"));

    assertThat(record.status()).isEqualTo(Status.FAILED);
    assertThat(record.reason()).isEqualTo(Reason.KIND_UNAVAILABLE);
    assertThat(record.message()).contains("gone");
    assertThat(trail).isEmpty();
  }

  @Test
  void resourcesCloseNewestFirst() {
    run(run -> DONE, named("directory"), named("session"), named("program"));

    assertThat(trail)
        .containsExactly(
            "open directory",
            "open session",
            "open program",
            "close program",
            "close session",
            "close directory");
  }

  @Test
  void failedOpeningClosesWhatWasOpenedBefore() {
    JobRecord record = run(this::leaveATrace, named("first"), broken(new IOException("no disk")));

    assertScopeOpenFailed(record, "no disk");
  }

  @Test
  void errorWhileOpeningClosesWhatWasOpenedBefore() {
    var error = new NoClassDefFoundError("driver");

    JobRecord record = run(this::leaveATrace, named("first"), broken(error));

    assertScopeOpenFailed(record, "driver");
  }

  private void assertScopeOpenFailed(JobRecord record, String message) {
    assertThat(record.status()).isEqualTo(Status.FAILED);
    assertThat(record.reason()).isEqualTo(Reason.SCOPE_OPEN_FAILED);
    assertThat(record.message()).contains(message);
    assertThat(trail).containsExactly("open first", "close first");
  }

  @Test
  void failedClosingTurnsASuccessIntoAFailureAndSkipsNothing() {
    JobRecord record = run(run -> new Answer(null, 0), named("first"), closingBadly());

    assertThat(record.status()).isEqualTo(Status.FAILED);
    assertThat(record.reason()).isEqualTo(Reason.SCOPE_CLOSE_FAILED);
    assertThat(record.message()).contains("half written");
    assertThat(record.returnCode()).isZero();
    assertThat(trail).containsExactly("open first", "close first");
  }

  @Test
  void failedClosingIsAWarningUnderAnyOtherOutcome() {
    JobRecord record =
        run(
            run -> {
              throw new JobFailed(Reason.EXIT_CODE, "It broke.", 3);
            },
            closingBadly());

    assertThat(record.reason()).isEqualTo(Reason.EXIT_CODE);
    assertThat(record.warnings()).singleElement().asString().contains("half written");
  }

  @Test
  void limitStopsTheHandler() {
    open(Map.of("kind", this::endless), trailing(trail));

    JobRecord record = ended(workshop().submit("kind", Duration.ofMillis(20)).id());

    assertThat(record.status()).isEqualTo(Status.TIMED_OUT);
    assertThat(record.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(record.message()).contains("20ms");
    assertThat(trail).containsExactly("opened 1", "closed 1");
  }

  @Test
  void limitOfCenturiesIsALimitToo() {
    open(Map.of("kind", run -> DONE));

    JobRecord record = ended(workshop().submit("kind", CENTURIES).id());

    assertThat(record.status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void stopThatWasDeliveredIsTheOutcomeWhateverTheHandlerMakesOfIt() throws Exception {
    open(
        Map.of(
            "kind",
            run -> {
              try {
                return endless(run);
              } catch (InterruptedException e) {
                throw new JobFailed(Reason.EXIT_CODE, "It was terminated.", 143);
              }
            }));
    JobId id = workshop().submit("kind");
    await(begun);

    workshop().cancel(id);

    assertThat(ended(id).status()).isEqualTo(Status.CANCELLED);
    assertThat(ended(id).returnCode()).isEqualTo(143);
  }

  @Test
  void handlerThatSettledBeforeTheStopKeepsItsOutcome() throws Exception {
    var asked = new CountDownLatch(1);
    open(
        Map.of(
            "kind",
            run -> {
              boolean byItself = run.settle();
              begun.countDown();
              asked.await();
              return new Answer(null, byItself ? 0 : 1);
            }));
    JobId id = workshop().submit("kind");
    await(begun);

    CancelAnswer answer = workshop().cancel(id);
    assertThat(workshop().record(id).status()).isEqualTo(Status.CANCELLING);
    asked.countDown();

    ended(answer);
    assertThat(ended(id).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(ended(id).returnCode()).isZero();
  }

  @Test
  void cancelThatComesWhileTheScopeClosesIsTooLate() throws Exception {
    var close = new CountDownLatch(1);
    var interrupted = new CompletableFuture<Boolean>();
    open(
        Map.of("kind", run -> DONE),
        run ->
            () -> {
              begun.countDown();
              await(close);
              interrupted.complete(Thread.interrupted());
            });
    JobId id = workshop().submit("kind");
    await(begun);

    CancelAnswer answer = workshop().cancel(id);
    close.countDown();

    ended(answer);
    assertThat(ended(id).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(interrupted).isCompletedWithValue(false);
  }

  @Test
  void cancelThatComesWhileTheScopeOpensKeepsTheHandlerFromRunning() throws Exception {
    var open = new CountDownLatch(1);
    open(
        Map.of("kind", this::leaveATrace),
        run -> {
          begun.countDown();
          await(open);
          return () -> trail.add("closed");
        });
    JobId id = workshop().submit("kind");
    await(begun);

    CancelAnswer answer = workshop().cancel(id);
    open.countDown();

    ended(answer);
    assertThat(ended(id).status()).isEqualTo(Status.CANCELLED);
    assertThat(workshop().journal.facts(CancelAsked.class)).hasSize(1);
    assertThat(trail).containsExactly("closed");
  }

  @Test
  void directoryIsEmptyAtTheStartAndItsTemporaryFilesGoAtTheEnd() throws Exception {
    Path own = directory.resolve("00000000-0000-7000-0000-000000000001");
    Files.createDirectories(own);
    Files.writeString(own.resolve("left"), "by an earlier attempt");

    run(
        run -> {
          assertThat(run.directory()).isEqualTo(own);
          Files.writeString(own.resolve("kept"), "");
          Files.writeString(own.resolve("tmp/scratch"), "");
          return DONE;
        });

    assertThat(own).isDirectoryContaining("glob:**/kept");
    assertThat(own.resolve("left")).doesNotExist();
    assertThat(own.resolve("tmp")).doesNotExist();
  }

  @Test
  void processGroupIsDurableBeforeItsProgramBegins() {
    var group = new ProcessGroup(1, 2, "boot");

    run(
        run -> {
          run.spawned(group);
          trail.add("durable " + workshop().journal.facts(Spawned.class).size());
          return DONE;
        });

    assertThat(trail).contains("durable 1");
  }

  private Answer endless(Run run) throws InterruptedException {
    begun.countDown();
    new CountDownLatch(1).await();
    return DONE;
  }

  private Answer leaveATrace(Run run) {
    trail.add("ran");
    return DONE;
  }

  private Resource named(String name) {
    return run -> {
      trail.add("open " + name);
      return () -> trail.add("close " + name);
    };
  }

  private static Resource broken(Throwable failure) {
    return run -> {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    };
  }

  private static Resource closingBadly() {
    return run ->
        () -> {
          throw new IOException("half written");
        };
  }

  private JobRecord run(JobHandler handler) {
    return run(handler, trailing(trail));
  }

  private JobRecord run(JobHandler handler, Resource... resources) {
    open(Map.of("kind", handler), resources);
    return ended(workshop().submit("kind"));
  }

  private void open(Map<String, JobHandler> handlers, Resource... resources) {
    opened = new Workshop(directory, 1, 10, handlers, List.of(resources));
  }

  private Workshop workshop() {
    return Objects.requireNonNull(opened);
  }

  private JobRecord ended(JobId id) {
    return workshop().ended(id);
  }

  private static void ended(CancelAnswer answer) throws Exception {
    ((CancelAnswer.Cancelling) answer).ended().get(10, TimeUnit.SECONDS);
  }
}
