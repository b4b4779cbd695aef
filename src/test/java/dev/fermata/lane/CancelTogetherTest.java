package dev.fermata.lane;

import static dev.fermata.lane.Workshop.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.Fact;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.JobId;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.journal.JournalUnavailable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many jobs are cancelled at once, and none of them starts meanwhile. */
@Timeout(60)
class CancelTogetherTest {

  @TempDir private Path directory;

  private final HeldTurns held = new HeldTurns();
  private Workshop workshop;
  private JobId running;
  private List<JobId> waiting;

  @BeforeEach
  void holdALine() {
    workshop =
        new Workshop(
            directory, 1, 5000, Map.of("held", held, "quick", run -> Workshop.DONE), List.of());
    running = workshop.submit("held");
    held.awaitBegun(running);
    waiting = IntStream.range(0, 50).mapToObj(i -> workshop.submit("quick")).toList();
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  private int cancelAll() {
    var all = new ArrayList<>(waiting);
    all.addFirst(running);
    return workshop.lanes.cancelAll(all, Reason.CLIENT_REQUEST);
  }

  private List<JobId> cancelled() {
    return workshop.journal.facts(Finished.class).stream().map(Fact.OfJob::id).toList();
  }

  @Test
  void nobodyWaitsForTheDiskInBetween() throws Exception {
    workshop.journal.hold();
    CompletableFuture<Integer> count = CompletableFuture.supplyAsync(this::cancelAll);
    awaitTrue(() -> workshop.journal.pending() == 51);
    workshop.journal.release();

    assertThat(count.get(10, TimeUnit.SECONDS)).isEqualTo(51);
    workshop.ended(running);
    var order = new ArrayList<>(waiting.reversed());
    order.addAll(List.of(running, running)); // asked, and then ended
    assertThat(workshop.journal.facts(Fact.OfJob.class))
        .filteredOn(fact -> fact instanceof Finished || fact instanceof CancelAsked)
        .extracting(Fact.OfJob::id)
        .isEqualTo(order);
    assertThat(workshop.journal.facts(Started.class)).hasSize(1);
    assertThat(cancelAll()).as("they have ended").isZero();
  }

  @Test
  void moreThanFitTogetherAreCancelledOneLotAfterAnother() {
    waiting = IntStream.range(0, 2500).mapToObj(i -> workshop.submit("quick")).toList();

    assertThat(workshop.lanes.cancelAll(waiting, Reason.CLIENT_REQUEST)).isEqualTo(2500);
    assertThat(workshop.journal.facts(Finished.class)).hasSize(2500);
  }

  @Test
  void thoseThatTheJournalRefusesStandInLineAndTheOthersAreCancelled() {
    JobId refused = waiting.get(7);
    workshop.journal.refuse(fact -> ((Fact.OfJob) fact).id().equals(refused));

    assertThatThrownBy(this::cancelAll).isInstanceOf(JournalUnavailable.class);

    workshop.journal.refuseNothing();
    assertThat(workshop.ended(refused).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(cancelled()).hasSize(51).contains(running).containsAll(waiting);
    assertThat(workshop.journal.facts(Started.class))
        .extracting(Fact.OfJob::id)
        .containsExactly(running, refused);
  }
}
