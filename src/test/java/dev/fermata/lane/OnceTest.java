package dev.fermata.lane;

import static dev.fermata.lane.Workshop.DONE;
import static dev.fermata.lane.Workshop.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.IdempotencyKey;
import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Sample;
import dev.fermata.journal.Stale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes under one key comes in once. */
@Timeout(60)
class OnceTest {

  private static final IdempotencyKey KEY = key(Owner.NOBODY, "print");

  @TempDir private Path directory;

  private final CountDownLatch go = new CountDownLatch(1);
  private Workshop workshop;
  private Once once;

  @BeforeEach
  void openWorkshop() {
    workshop =
        new Workshop(
            directory,
            1,
            2,
            Map.of(
                "held",
                run -> {
                  Workshop.await(go);
                  return DONE;
                }),
            List.of());
    once = new Once(workshop.journal);
  }

  @AfterEach
  void close() {
    go.countDown();
    workshop.close();
  }

  private static IdempotencyKey key(Owner owner, String fingerprint) {
    return new IdempotencyKey(owner, "k", fingerprint);
  }

  private String submit(IdempotencyKey key) {
    return once.submit(key, () -> "new " + accept(key), job -> "again " + job);
  }

  private JobId accept(IdempotencyKey key) {
    var submission = Sample.submission("held", Lanes.DEFAULT);
    return workshop.lanes.submit(submission, OnBusy.ENQUEUE, key).job().id();
  }

  private CompletableFuture<String> submitted(IdempotencyKey key) {
    return CompletableFuture.supplyAsync(() -> submit(key)).orTimeout(10, TimeUnit.SECONDS);
  }

  private JobId only() {
    assertThat(workshop.journal.facts(Accepted.class)).hasSize(1);
    return workshop.journal.facts(Accepted.class).getFirst().id();
  }

  @Test
  void secondTimeIsTheFirstJob() {
    assertThat(submit(KEY)).isEqualTo("new " + only());
    assertThat(submit(KEY)).isEqualTo("again " + only());
    assertThat(new Once(workshop.journal).<String>submit(KEY, () -> "new", JobId::toString))
        .as("after a restart")
        .isEqualTo(only().toString());
  }

  @Test
  void otherRequestUnderTheSameKeyIsRefusedAndNamesTheJob() {
    submit(KEY);

    assertThatThrownBy(() -> submit(key(Owner.NOBODY, "other")))
        .isInstanceOfSatisfying(
            KeyReused.class, reused -> assertThat(reused.job()).isEqualTo(only()));
  }

  @Test
  void ownersHaveKeysOfTheirOwn() {
    assertThat(submit(KEY)).startsWith("new");
    assertThat(submit(key(new Owner("alice"), "other"))).startsWith("new");
    assertThat(workshop.journal.facts(Accepted.class)).hasSize(2);
  }

  @Test
  void whoComesWhileTheFirstIsStoredIsRefusedAndFindsItLater() {
    workshop.journal.hold();
    CompletableFuture<String> first = submitted(KEY);
    awaitTrue(() -> workshop.journal.pending() == 1);

    assertThatThrownBy(submitted(KEY)::join).hasCauseInstanceOf(Refused.KeyInUse.class);
    assertThatThrownBy(submitted(key(Owner.NOBODY, "other"))::join)
        .as("nobody knows yet whether the first will be")
        .hasCauseInstanceOf(Refused.KeyInUse.class);

    workshop.journal.release();
    assertThat(first.join()).isEqualTo("new " + only());
    assertThat(submit(KEY)).isEqualTo("again " + only());
  }

  @Test
  void ofTwentyAtOnceOneComesInAndNobodyGetsAnotherJob() throws Exception {
    var start = new CyclicBarrier(20);
    Callable<String> one =
        () -> {
          start.await();
          try {
            return submit(KEY);
          } catch (Refused.KeyInUse e) {
            return "in use";
          }
        };
    List<String> answers;
    try (ExecutorService clients = Executors.newFixedThreadPool(20)) {
      answers =
          clients.invokeAll(Stream.generate(() -> one).limit(20).toList()).stream()
              .map(Future::resultNow)
              .toList();
    }

    assertThat(answers).containsOnlyOnce("new " + only());
    assertThat(answers).isSubsetOf("new " + only(), "again " + only(), "in use");
  }

  @Test
  void firstJobIsFoundThoughTheLaneIsFullOrDrains() throws Exception {
    submit(KEY);
    awaitTrue(() -> workshop.lanes.views().getFirst().running() == 1);
    accept(key(new Owner("a"), "x"));
    accept(key(new Owner("b"), "x"));
    assertThatThrownBy(() -> submit(key(new Owner("c"), "x")))
        .isInstanceOf(Refused.BacklogFull.class);

    assertThat(submit(KEY)).startsWith("again");
    workshop.lanes.stop(Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThat(submit(KEY)).startsWith("again");
  }

  @Test
  void refusedSubmissionLeavesItsKeyFree() {
    workshop.journal.refuse(Accepted.class::isInstance);
    assertThatThrownBy(() -> submit(KEY)).isInstanceOf(JournalUnavailable.class);
    workshop.journal.refuseNothing();
    Supplier<String> invalid =
        () -> {
          throw new IllegalArgumentException("not even a query");
        };
    assertThatThrownBy(() -> once.submit(KEY, invalid, JobId::toString))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(submit(key(Owner.NOBODY, "mended"))).startsWith("new");
  }

  @Test
  void keyThatAnotherServerUsedMeanwhileIsFoundThen() {
    var otherServer = new Once(workshop.journal);
    Supplier<String> tooLate =
        () -> {
          submit(KEY);
          return "new " + accept(KEY);
        };

    assertThat(otherServer.<String>submit(KEY, tooLate, job -> "again " + job))
        .isEqualTo("again " + only());
  }

  @Test
  void usedKeyIsStaleForTheLanes() {
    submit(KEY);

    assertThatThrownBy(() -> accept(KEY)).isInstanceOf(Stale.class);
    assertThat(workshop.lanes.line(null, null, null, 10)).hasSize(1);
  }
}
