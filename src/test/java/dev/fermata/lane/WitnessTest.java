package dev.fermata.lane;

import static dev.fermata.lane.Workshop.DONE;
import static dev.fermata.lane.Workshop.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.fermata.job.Answer;
import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.JobId;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Outcome;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.job.Submission;
import dev.fermata.job.Traceparent;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.Sample;
import dev.fermata.journal.Unfinished;
import dev.fermata.kind.Backoff;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.Resource;
import dev.fermata.kind.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whoever measures what becomes of jobs hears each end once, with all its moments. */
@Timeout(60)
class WitnessTest {

  private static final Instant NOON = SetTime.NOON;
  private static final Traceparent TRACE =
      new Traceparent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "01");

  @TempDir private Path directory;

  private final SetTime time = new SetTime();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  private volatile boolean opening;
  private Workshop workshop;

  @BeforeEach
  void open() {
    Resource slowToOpenAndToClose =
        run -> {
          time.pass(Duration.ofSeconds(1));
          if (opening) {
            begun.countDown();
            await(go);
          }
          return () -> time.pass(Duration.ofSeconds(3));
        };
    workshop =
        new Workshop(
            directory,
            List.of(new LaneSpec(Lanes.DEFAULT, 1, 100)),
            Map.of("works", this::works, "held", this::held, "fails", this::fails),
            List.of(slowToOpenAndToClose),
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

  private Answer works(Run run) {
    time.pass(Duration.ofSeconds(2));
    return DONE;
  }

  private Answer held(Run run) throws InterruptedException {
    begun.countDown();
    await(go);
    return DONE;
  }

  private Answer fails(Run run) throws JobFailed {
    throw new JobFailed(Reason.EXIT_CODE, "as told", 1);
  }

  @Test
  void hearsOfAJobThatIsAcceptedAndOfTheMomentsOfItsRun() throws InterruptedException {
    JobId first = workshop.submit("held");
    await(begun);
    JobId second = submit("works", 1);
    time.pass(Duration.ofSeconds(5));
    go.countDown();

    Passage passage = workshop.witness.ends(second, 1).getFirst();

    assertThat(workshop.witness.submitted).extracting(job -> job.id()).contains(first, second);
    assertThat(passage.kind()).isEqualTo("works");
    assertThat(passage.lane()).isEqualTo(Lanes.DEFAULT);
    assertThat(passage.attempt()).isEqualTo(1);
    assertThat(passage.traceparent()).isEqualTo(TRACE);
    assertThat(passage.outcome().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(passage.isLast()).isTrue();
    Instant submitted = NOON.plusSeconds(1); // the first had opened
    Instant started = submitted.plusSeconds(5 + 3); // and closed
    assertThat(passage.submittedAt()).isEqualTo(submitted);
    assertThat(passage.queuedAt()).isEqualTo(submitted);
    assertThat(passage.run())
        .isEqualTo(
            new Passage.Run(
                started,
                started.plusSeconds(1),
                started.plusSeconds(3),
                started.plusSeconds(6),
                null));
    assertThat(passage.endedAt()).isEqualTo(started.plusSeconds(6));
    JobRecord record = workshop.record(second);
    assertThat(record.returnedAt()).isEqualTo(started.plusSeconds(3));
    assertThat(record.finishedAt()).isEqualTo(started.plusSeconds(6));
  }

  @Test
  void hearsWhenACancelWasAskedAndWhenTheWorkHadStopped() throws InterruptedException {
    JobId id = workshop.submit("held");
    await(begun);
    Instant asked = time.instant();
    workshop.cancel(id);

    Passage passage = workshop.witness.ends(id, 1).getFirst();

    assertThat(passage.outcome()).isEqualTo(new Outcome.Cancelled(Reason.CLIENT_REQUEST, null));
    assertThat(passage.run())
        .isEqualTo(new Passage.Run(NOON, NOON.plusSeconds(1), asked, asked.plusSeconds(3), asked));
  }

  @Test
  void hearsOfNoReturnWhereTheHandlerWasNotCalled() throws InterruptedException {
    opening = true;
    JobId id = workshop.submit("works");
    await(begun);
    workshop.cancel(id);
    go.countDown();

    Passage passage = workshop.witness.ends(id, 1).getFirst();

    assertThat(passage.outcome()).isEqualTo(new Outcome.Cancelled(Reason.CLIENT_REQUEST, null));
    assertThat(passage.run()).isNotNull().returns(null, Passage.Run::returnedAt);
    assertThat(workshop.record(id).returnedAt()).isNull();
  }

  @Test
  void hearsOfAJobThatIsCancelledBeforeItStarts() throws InterruptedException {
    workshop.submit("held");
    await(begun);
    JobId waiting = workshop.submit("works");
    workshop.cancel(waiting);

    Passage passage = workshop.witness.ends(waiting, 1).getFirst();

    assertThat(passage.run()).isNull();
    assertThat(workshop.record(waiting).returnedAt()).isNull();
    assertThat(passage.attempt()).isZero();
    assertThat(passage.kind()).isEqualTo("works");
    assertThat(passage.outcome().reason()).isEqualTo(Reason.CLIENT_REQUEST);
    assertThat(passage.isLast()).isTrue();
  }

  @Test
  void hearsOfEachAttemptAndWhichOfThemWasTheLast() {
    JobId id = submit("fails", 2);
    Passage first = workshop.witness.ends(id, 1).getFirst();
    time.pass(Duration.ofHours(1));
    Passage second = workshop.witness.ends(id, 2).getLast();

    assertThat(first.isLast()).isFalse();
    assertThat(second.isLast()).isTrue();
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.queuedAt()).as("the rest is no wait").isEqualTo(first.retryAt());
  }

  @Test
  void hearsOfAJobThatEndedWithAnEarlierServer() {
    var orphan =
        new Unfinished(
            Sample.id(1),
            1,
            1,
            1,
            "works",
            Lanes.DEFAULT,
            Owner.NOBODY,
            null,
            Status.RUNNING,
            4,
            4,
            NOON,
            null,
            null,
            null);
    workshop.lanes.endedBefore(
        orphan,
        new Finished(orphan.id(), 4, NOON, null, new Outcome.Lost(4), null, List.of(), null));

    Passage passage = workshop.witness.ends(orphan.id(), 1).getFirst();
    assertThat(passage.outcome().status()).isEqualTo(Status.LOST);
    assertThat(passage.run()).isNull();
  }

  @Test
  void canFailAndHurtsNoJob() {
    workshop.witness.fails = true;

    JobId first = workshop.submit("works");
    JobId second = workshop.submit("works");

    assertThat(workshop.ended(first).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(workshop.ended(second).status()).isEqualTo(Status.SUCCEEDED);
    workshop.witness.ends(second, 1);
  }

  @Test
  void peopleReadOneLineAndProgramsItsFields() {
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    var logger = (Logger) LoggerFactory.getLogger(Testimony.class);
    logger.addAppender(lines);
    logger.setLevel(Level.INFO); // other tests may have made it quieter
    try {
      JobId id = submit("fails", 1);
      workshop.witness.ends(id, 1);

      ILoggingEvent line =
          lines.list.stream()
              .filter(it -> it.getMessage().contains(id.toString()))
              .findFirst()
              .orElseThrow();
      assertThat(line.getFormattedMessage()).isEqualTo("Job " + id + " failed, attempt 1");
      assertThat(line.getKeyValuePairs())
          .extracting(pair -> pair.key + "=" + pair.value)
          .containsExactly(
              "job=" + id,
              "kind=fails",
              "lane=default",
              "attempt=1",
              "outcome=failed",
              "reason=exit_code");
    } finally {
      logger.setLevel(null);
      logger.detachAppender(lines);
    }
  }

  private JobId submit(String kind, int attempts) {
    var submission =
        new Submission(
            Owner.NOBODY,
            kind,
            Lanes.DEFAULT,
            null,
            Map.of(),
            null,
            CommitPolicy.DEFAULT,
            OnDisconnect.CONTINUE,
            attempts,
            null,
            TRACE,
            List.of());
    return workshop.lanes.submit(submission, OnBusy.ENQUEUE, null).job().id();
  }
}
