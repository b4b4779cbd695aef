package dev.fermata.lane;

import static dev.fermata.lane.Workshop.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Fact.Finished;
import dev.fermata.job.JobId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lane in which jobs wait says what they wait for. */
@Timeout(60)
class MovementTest {

  private static final String CHAT = "chat";

  @TempDir private Path directory;

  private final HeldTurns held = new HeldTurns();
  private Workshop workshop;

  @BeforeEach
  void open() {
    workshop =
        new Workshop(
            directory,
            List.of(new LaneSpec(Lanes.DEFAULT, 1, 100), new LaneSpec(CHAT, 2, 100)),
            Map.of(
                "held",
                held,
                "talks",
                run -> {
                  run.chunk("stdout", "word");
                  return held.run(run);
                }),
            List.of());
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  private Movement lane(String name) {
    return workshop.lanes.movements().stream()
        .filter(movement -> movement.lane().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String waitsFor(String lane) {
    return Objects.requireNonNullElse(lane(lane).waitsFor(), "nothing");
  }

  private JobId begun(String kind) {
    JobId job = workshop.submit(kind);
    held.awaitBegun(job);
    return job;
  }

  @Test
  void whereNobodyWaitsNothingIsWaitedFor() {
    assertThat(workshop.lanes.movements())
        .containsExactly(
            new Movement(Lanes.DEFAULT, null, null, null), new Movement(CHAT, null, null, null));
    JobId job = begun("held");
    assertThat(lane(Lanes.DEFAULT))
        .isEqualTo(new Movement(Lanes.DEFAULT, workshop.record(job).startedAt(), null, null));

    held.letGo(job);

    assertThat(workshop.ended(job).finishedAt()).isBeforeOrEqualTo(lane(Lanes.DEFAULT).movedAt());
  }

  @Test
  void jobThatRunsIsNamedWithWhatItTold() {
    JobId job = begun("held");
    workshop.submit("held");

    assertThat(waitsFor(Lanes.DEFAULT))
        .isEqualTo(
            "job %s, which runs since %s and has told nothing"
                .formatted(job, workshop.record(job).startedAt()));
  }

  @Test
  void jobThatTellsSomethingSaysWhen() {
    JobId job = begun("talks");
    workshop.submit("held");

    assertThat(waitsFor(Lanes.DEFAULT))
        .startsWith("job " + job)
        .contains("and has told nothing since 20");
  }

  @Test
  void sessionIsNamedWithTheJobThatHasItAndItsLane() {
    JobId holder = workshop.submit("held", CHAT, "talk");
    held.awaitBegun(holder);
    workshop.submit("held", Lanes.DEFAULT, "talk");
    String expected = "session talk, which job %s in lane chat has".formatted(holder);

    awaitTrue(() -> waitsFor(Lanes.DEFAULT).equals(expected));

    workshop.submit("held", CHAT, "talk");
    awaitTrue(() -> waitsFor(CHAT).equals(expected));
  }

  @Test
  void journalThatRefusesIsNamedWithItsReason() {
    JobId job = begun("held");
    workshop.submit("held");
    workshop.journal.refuse(Finished.class::isInstance);

    held.letGo(job);

    awaitTrue(
        () ->
            waitsFor(Lanes.DEFAULT).matches("the journal, which refuses since .*: told to refuse"));
    workshop.journal.refuseNothing();
    awaitTrue(() -> !waitsFor(Lanes.DEFAULT).startsWith("the journal, which refuses"));
  }

  @Test
  void journalThatDoesNotAnswerIsNamed() {
    JobId job = begun("held");
    JobId next = workshop.submit("held");
    workshop.journal.hold();

    held.letGo(job);

    awaitTrue(
        () -> waitsFor(Lanes.DEFAULT).equals("the journal, which stores the start of job " + next));
    workshop.journal.release();
    held.letGo(next);
    workshop.ended(next);
  }

  @Test
  void turnWhoseTimeHasComeNamesTheEarlierOneInAnotherLane() {
    begun("held");
    workshop.submit("held", Lanes.DEFAULT, "talk");
    JobId parked = workshop.submitLater("held", CHAT, "talk", Instant.now().plusMillis(100));

    awaitTrue(() -> lane(CHAT).waitsFor() != null);

    assertThat(waitsFor(CHAT))
        .isEqualTo(
            "an earlier turn of session talk, which stands in another lane, so that job "
                + parked
                + " can join");
  }

  @Test
  void stopIsNamed() throws Exception {
    begun("held");
    workshop.submit("held");

    workshop.lanes.stop(Duration.ofSeconds(1), Duration.ofSeconds(1));

    assertThat(waitsFor(Lanes.DEFAULT))
        .isEqualTo("the next start of the server, which is stopping");
  }

  @Test
  void workerThatGaveUpIsSeen() {
    JobId job = begun("held");
    workshop.journal.refuse(Finished.class::isInstance);
    held.letGo(job);
    workshop.journal.awaitRefusals(1);

    workshop.patience.giveUp();

    awaitTrue(() -> lane(Lanes.DEFAULT).gaveUp() != null);
    assertThat(lane(Lanes.DEFAULT).gaveUp())
        .startsWith("a worker gave up on job " + job)
        .endsWith("told to refuse");
    assertThat(lane(CHAT).gaveUp()).isNull();
  }

  @Test
  void workerThatGaveUpTriesNothingMore() throws Exception {
    JobId job = begun("held");
    workshop.submit("held");
    workshop.journal.refuse(fact -> true);
    held.letGo(job);
    workshop.journal.awaitRefusals(1);

    workshop.patience.giveUp();

    assertThat(workshop.comesToRest()).isTrue();
  }
}
