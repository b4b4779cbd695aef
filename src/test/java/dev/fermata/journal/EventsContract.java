package dev.fermata.journal;

import static dev.fermata.journal.Sample.NOON;
import static dev.fermata.journal.Sample.finished;
import static dev.fermata.journal.Sample.job;
import static dev.fermata.journal.Sample.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Event;
import dev.fermata.job.Event.Chunk;
import dev.fermata.job.Event.Ended;
import dev.fermata.job.Event.Progressed;
import dev.fermata.job.Event.StatusChanged;
import dev.fermata.job.Event.What;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.Fact.Crashed;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.Purged;
import dev.fermata.job.Fact.Reported;
import dev.fermata.job.Fact.Spawned;
import dev.fermata.job.Job;
import dev.fermata.job.Outcome;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Progress;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What clients see of jobs, wherever it is stored: numbered, durable first, and then shown. */
public abstract class EventsContract extends StorageContract {

  private static final What HALF = new Progressed(new Progress(0.5, null));
  private static final What WORD = new Chunk("stdout", "word ");

  private final Job first = job(1);
  private final Job second = job(2);

  @Test
  void eventsAreNumberedWithoutGapsOverAllAttempts() {
    store(new Accepted(first));
    store(started(first, 1), reported(first, 1, HALF, WORD));
    store(new HandedBack(first.id(), 1, NOON.plusMillis(1)), started(first, 2));
    store(new Crashed(first.id(), 2, NOON.plusMillis(2)));
    store(started(first, 3), reported(first, 3), reported(first, 3, WORD));
    store(new CancelAsked(first.id(), Reason.CLIENT_REQUEST, NOON.plusMillis(3)));
    store(new CancelAsked(first.id(), Reason.TIMEOUT, NOON.plusMillis(4)));
    store(reported(first, 3, WORD));
    store(finished(first.id(), 3, new Outcome.Cancelled(Reason.CLIENT_REQUEST, null)));

    assertThat(eventsOf(first))
        .extracting(Event::what)
        .containsExactly(
            new StatusChanged(Status.QUEUED, null, 0),
            new StatusChanged(Status.RUNNING, null, 1),
            HALF,
            WORD,
            new StatusChanged(Status.QUEUED, Reason.SERVER_STOPPED, 1),
            new StatusChanged(Status.RUNNING, null, 2),
            new StatusChanged(Status.QUEUED, Reason.CRASHED, 2),
            new StatusChanged(Status.RUNNING, null, 3),
            WORD,
            new StatusChanged(Status.CANCELLING, Reason.CLIENT_REQUEST, 3),
            WORD,
            new Ended());
    assertThat(eventsOf(first)).extracting(Event::number).isEqualTo(upTo(12));
    assertThat(find(first).lastEvent()).isEqualTo(12);
    assertThat(jobs().findAll(List.of(first.id())).getFirst().lastEvent()).isEqualTo(12);
  }

  @Test
  void eventsTellWhenTheyHappened() {
    store(new Accepted(first), started(first, 1), succeeded(first.id(), 1));

    assertThat(eventsOf(first))
        .extracting(Event::at)
        .containsExactly(first.submittedAt(), NOON, NOON.plusSeconds(5));
    assertThat(eventsOf(first)).allMatch(event -> event.job().equals(first.id()));
  }

  @Test
  void jobThatNeverStartedEndsAfterItWasQueued() {
    store(new Accepted(first));
    store(finished(first.id(), 0, new Outcome.Cancelled(Reason.CLIENT_REQUEST, null)));

    assertThat(eventsOf(first))
        .extracting(Event::what)
        .containsExactly(new StatusChanged(Status.QUEUED, null, 0), new Ended());
  }

  @Test
  void whatIsShownIsWhatIsReadBack() {
    store(new Accepted(first), new Accepted(second), started(first, 1));
    store(reported(first, 1, WORD), started(second, 1), reported(first, 1, HALF));
    store(succeeded(first.id(), 1));

    assertThat(shown).extracting(List::size).containsExactly(3, 3, 1);
    assertThat(shown.get(1))
        .containsExactly(eventsOf(first).get(2), eventsOf(second).get(1), eventsOf(first).get(3));
    assertThat(shown.stream().flatMap(List::stream).filter(of(first))).isEqualTo(eventsOf(first));
    assertThat(shown.stream().flatMap(List::stream).filter(of(second))).isEqualTo(eventsOf(second));
  }

  @Test
  void eventsAreShownOnceDurableAndBeforeWhatFollows() {
    List<String> trail = new CopyOnWriteArrayList<>();
    watch(events -> trail.add("shown " + eventsOf(first).size()));

    var commit =
        journal()
            .append(
                List.of(new Accepted(first), started(first, 1)),
                () -> trail.add("then, shown " + shown.size()));
    commit.join();

    assertThat(trail).containsExactly("shown 2", "then, shown 1");
  }

  @Test
  void manyAppendsAreShownInTheirOrder() {
    store(new Accepted(first), started(first, 1));
    List<CompletableFuture<Void>> commits =
        IntStream.range(0, 200).mapToObj(i -> append(reported(first, 1, WORD))).toList();
    commits.forEach(CompletableFuture::join);

    assertThat(shown.stream().flatMap(List::stream).map(Event::number)).isEqualTo(upTo(202));
  }

  @Test
  void nothingIsShownOrStoredOfWhatIsStale() {
    store(new Accepted(first), started(first, 1));
    shown.clear();

    assertStale(reported(first, 2, WORD));
    assertStale(new Accepted(second), reported(first, 1, WORD), started(first, 1));
    assertThat(shown).isEmpty();
    assertThat(events().after(second.id(), 0, 10)).isEmpty();

    store(succeeded(first.id(), 1));
    assertStale(reported(first, 1, WORD));
    assertThat(eventsOf(first)).extracting(Event::number).isEqualTo(upTo(3));
  }

  @Test
  void nothingIsShownOfWhatClientsDoNotSee() {
    store(new Accepted(first), started(first, 1));
    shown.clear();

    store(new Spawned(first.id(), 1, new ProcessGroup(1, 2, "boot")));
    store(reported(first, 1));
    store();

    assertThat(shown).isEmpty();
    assertThat(find(first).lastEvent()).isEqualTo(2);
  }

  @Test
  void failureOfAWatcherTouchesNothing() {
    watch(
        events -> {
          throw new IllegalStateException("the watcher is broken");
        });
    var followed = new ArrayList<String>();

    journal().append(List.of(new Accepted(first)), () -> followed.add("followed")).join();
    store(started(first, 1));

    assertThat(followed).containsExactly("followed");
    assertThat(eventsOf(first)).hasSize(2);
  }

  @Test
  void eventsAreReadFromWhereAClientStopped() {
    store(new Accepted(first), started(first, 1), reported(first, 1, WORD, HALF, WORD));
    store(new Accepted(second));

    assertThat(events().after(first.id(), 2, 10))
        .extracting(Event::number)
        .containsExactly(3L, 4L, 5L);
    assertThat(events().after(first.id(), 1, 2)).extracting(Event::number).containsExactly(2L, 3L);
    assertThat(events().after(first.id(), 5, 10)).isEmpty();
    assertThat(events().after(Sample.id(9), 0, 10)).isEmpty();
  }

  @Test
  void anyTextComesBackAsItWas() {
    List<What> texts =
        List.of(
            new Chunk("stdout", "\u0000 \u0001 \r\n \u2028 \u20ac \ud83e\uddec \ufffd"),
            new Chunk("stderr", "half \ud83e"),
            new Chunk("reply", "\uddec other half"),
            new Chunk("stdout", ""),
            new Progressed(new Progress(null, "\u0000 \ud83e \"quoted\" \\")),
            new Progressed(new Progress(1.0, "done")),
            new Progressed(new Progress(null, null)));
    store(new Accepted(first), started(first, 1));

    store(reported(first, 1, texts.toArray(new What[0])));

    assertThat(events().after(first.id(), 2, 10)).extracting(Event::what).isEqualTo(texts);
  }

  @Test
  void thousandsOfEventsAreOneReport() {
    What[] many =
        IntStream.range(0, 5_000)
            .mapToObj(i -> new Chunk("stdout", "line " + i))
            .toArray(What[]::new);
    store(new Accepted(first), started(first, 1), reported(first, 1, many));

    assertThat(eventsOf(first)).extracting(Event::number).isEqualTo(upTo(5_002));
    assertThat(eventsOf(first).getLast().what()).isEqualTo(many[4_999]);
  }

  @Test
  void eventsOfAPurgedJobAreGone() {
    store(new Accepted(first), started(first, 1), succeeded(first.id(), 1));

    store(new Purged(first.id()));

    assertThat(eventsOf(first)).isEmpty();
  }

  private static Reported reported(Job job, int attempt, What... what) {
    return new Reported(job.id(), attempt, NOON, List.of(what));
  }

  private static Predicate<Event> of(Job job) {
    return event -> event.job().equals(job.id());
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
