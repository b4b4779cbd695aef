package dev.fermata.lane;

import static dev.fermata.lane.Workshop.DONE;
import static dev.fermata.lane.Workshop.await;
import static dev.fermata.lane.Workshop.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Event;
import dev.fermata.job.Event.Chunk;
import dev.fermata.job.Event.Ended;
import dev.fermata.job.Event.Progressed;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Reported;
import dev.fermata.job.JobId;
import dev.fermata.job.Progress;
import dev.fermata.job.Status;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Resource;
import dev.fermata.kind.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a running job tells its watchers reaches the journal whole, in order and before its end. */
@Timeout(60)
class ReportsTest {

  @TempDir private Path directory;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger given = new AtomicInteger();
  private @Nullable Workshop opened;

  @AfterEach
  void close() {
    go.countDown();
    workshop().close();
  }

  private Workshop workshop() {
    return Objects.requireNonNull(opened);
  }

  private JobId submit(JobHandler handler, Resource... resources) {
    opened = new Workshop(directory, 1, 10, Map.of("kind", handler), List.of(resources));
    return workshop().submit("kind");
  }

  private void give(Run run, int count) {
    for (int i = 0; i < count; i++) {
      run.chunk("stdout", String.valueOf(i));
      given.incrementAndGet();
    }
  }

  private List<Event> events(JobId id) {
    return workshop().journal.after(id, 0, Integer.MAX_VALUE);
  }

  private List<String> chunks(JobId id) {
    return events(id).stream()
        .map(Event::what)
        .filter(Chunk.class::isInstance)
        .map(what -> ((Chunk) what).text())
        .toList();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  @Test
  void manyChunksKeepTheirOrderAndComeBeforeTheEnd() {
    JobId id =
        submit(
            run -> {
              give(run, 100_000);
              return DONE;
            });
    workshop().ended(id);

    assertThat(chunks(id)).isEqualTo(numbers(100_000));
    assertThat(events(id).getLast().what()).isInstanceOf(Ended.class);
    assertThat(events(id)).extracting(Event::number).doesNotHaveDuplicates().isSorted();
    assertThat(workshop().journal.facts(Reported.class).size()).as("batched").isLessThan(50_000);
  }

  @Test
  void progressThatWaitsGivesWayToTheNewestAndChunksNever() throws Exception {
    JobId id =
        submit(
            run -> {
              begun.countDown();
              await(go);
              for (int i = 0; i < 100; i++) {
                run.progress(new Progress(i / 100.0, null));
              }
              run.chunk("stdout", "between");
              run.progress(new Progress(1.0, null));
              return DONE;
            });
    await(begun);
    workshop().journal.hold();
    go.countDown();
    awaitTrue(() -> workshop().journal.pending() > 0);
    workshop().journal.release();
    workshop().ended(id);

    List<Event.What> told =
        events(id).stream()
            .map(Event::what)
            .filter(what -> what instanceof Progressed || what instanceof Chunk)
            .toList();
    assertThat(told)
        .endsWith(
            new Progressed(new Progress(0.99, null)),
            new Chunk("stdout", "between"),
            new Progressed(new Progress(1.0, null)));
    assertThat(told).hasSizeLessThan(102);
    assertThat(workshop().record(id).progress()).isEqualTo(new Progress(1.0, null));
  }

  @Test
  void nothingIsLostOrDoubledWhenTheJournalRefusesForAWhile() throws Exception {
    JobId id =
        submit(
            run -> {
              begun.countDown();
              await(go);
              give(run, 5_000);
              return DONE;
            });
    await(begun);
    workshop().journal.refuse(Reported.class::isInstance);
    go.countDown();
    workshop().journal.awaitRefusals(2);
    assertThat(workshop().record(id).status()).isEqualTo(Status.RUNNING);
    assertThat(given.get()).isLessThan(5_000);
    workshop().journal.refuseNothing();

    assertThat(workshop().ended(id).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(chunks(id)).isEqualTo(numbers(5_000));
    assertThat(lastFact()).isInstanceOf(Fact.Finished.class);
  }

  private Fact lastFact() {
    return workshop().journal.facts(Fact.class).getLast();
  }

  @Test
  void handlerWaitsWhileTooMuchIsOnItsWay() throws Exception {
    var thread = new AtomicReference<@Nullable Thread>();
    JobId id =
        submit(
            run -> {
              thread.set(Thread.currentThread());
              begun.countDown();
              await(go);
              give(run, 10_000);
              return DONE;
            });
    await(begun);
    workshop().journal.hold();
    go.countDown();
    awaitTrue(() -> given.get() >= Reports.ITEMS);
    awaitTrue(() -> Objects.requireNonNull(thread.get()).getState() == Thread.State.WAITING);
    assertThat(given.get()).isBetween(Reports.ITEMS, 2 * Reports.ITEMS);
    workshop().journal.release();

    workshop().ended(id);
    assertThat(chunks(id)).isEqualTo(numbers(10_000));
  }

  @Test
  void charactersAreBoundedTooButOneGreatChunkPasses() throws Exception {
    String great = "x".repeat(3 * Reports.CHARS);
    JobId id =
        submit(
            run -> {
              begun.countDown();
              await(go);
              for (int i = 0; i < 10; i++) {
                run.chunk("stdout", great);
                given.incrementAndGet();
              }
              return DONE;
            });
    await(begun);
    workshop().journal.hold();
    go.countDown();
    awaitTrue(() -> given.get() > 0 && workshop().journal.pending() == 1);
    assertThat(given.get()).isLessThanOrEqualTo(2);
    workshop().journal.release();

    workshop().ended(id);
    assertThat(chunks(id)).hasSize(10).allMatch(great::equals);
  }

  /** The interrupt waits until the chunk is taken, and loses none. */
  @Test
  void stopDoesNotCutTheWaitShortAndIsNotLost() throws Exception {
    var interrupted = new CompletableFuture<Boolean>();
    JobId id =
        submit(
            run -> {
              begun.countDown();
              await(go);
              give(run, 3_000);
              interrupted.complete(Thread.currentThread().isInterrupted());
              return DONE;
            });
    await(begun);
    workshop().journal.refuse(Reported.class::isInstance);
    go.countDown();
    workshop().journal.awaitRefusals(1);
    awaitTrue(() -> given.get() >= Reports.ITEMS);
    workshop().cancel(id);
    workshop().journal.refuseNothing();

    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(workshop().ended(id).status()).isEqualTo(Status.CANCELLED);
    assertThat(chunks(id)).isEqualTo(numbers(3_000));
  }

  @Test
  void restGoesWithTheEndInOneCommit() throws Exception {
    JobId id =
        submit(
            run -> {
              workshop().journal.hold();
              run.chunk("stdout", "first");
              awaitTrue(() -> workshop().journal.pending() == 1);
              run.chunk("stdout", "rest");
              return DONE;
            },
            run -> go::countDown); // closes when the handler has returned
    await(go);
    workshop().journal.release();
    workshop().ended(id);

    assertThat(workshop().journal.commits().getLast())
        .extracting(fact -> fact.getClass().getSimpleName())
        .containsExactly("Reported", "Finished");
    assertThat(chunks(id)).containsExactly("first", "rest");
  }

  @Test
  void nothingIsGivenOutOnceTheHandlerHasReturned() throws Exception {
    var late = new CompletableFuture<Throwable>();
    JobId id =
        submit(
            run -> {
              Thread.ofPlatform().daemon().start(() -> speakLate(run, late));
              return DONE;
            });
    workshop().ended(id);
    go.countDown();

    assertThat(late.get(10, TimeUnit.SECONDS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has returned");
    assertThat(chunks(id)).isEmpty();
  }

  private void speakLate(Run run, CompletableFuture<Throwable> late) {
    try {
      await(go);
      run.progress(new Progress(0.1, "late"));
      run.chunk("stdout", "late");
    } catch (IllegalStateException | InterruptedException e) {
      late.complete(e);
    }
  }
}
