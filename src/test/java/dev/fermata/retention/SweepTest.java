package dev.fermata.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.Event;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.EventsRemoved;
import dev.fermata.job.Fact.FilesRemoved;
import dev.fermata.job.Fact.Forgotten;
import dev.fermata.job.Fact.Measured;
import dev.fermata.job.Fact.Purged;
import dev.fermata.job.JobId;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Kept;
import dev.fermata.journal.MemoryJournal;
import dev.fermata.journal.Sample;
import dev.fermata.journal.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is older than its term goes, and nothing else. */
class SweepTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final long PLENTY = Long.MAX_VALUE / 2;

  /** A directory, and a file of one block in it. */
  private static final long LEAST = 2 * 4096;

  @TempDir private Path root;

  private final SettableClock clock = new SettableClock(Sample.NOON);
  private final MemoryJournal journal = new MemoryJournal();
  private final Leisure leisure = new Leisure();

  @AfterEach
  void close() {
    journal.close();
  }

  private Estate estate() {
    return new Estate(root, journal, clock);
  }

  /** Events for one hour, files for two, jobs for three, and that there were any for four more. */
  private Sweep sweep(long bytes) {
    var terms =
        new Terms(
            HOUR.multipliedBy(3),
            HOUR,
            HOUR.multipliedBy(2),
            HOUR,
            HOUR.multipliedBy(7), // a memory journal's tombstones are from noon
            bytes);
    return new Sweep(journal.kept(), journal, estate().directories(), terms, clock, leisure);
  }

  private void sweepLater(Duration time) {
    clock.pass(time);
    sweep(PLENTY).run();
  }

  @Test
  void eventsFilesJobsAndTombstonesGoInTheirTime() {
    JobId job = estate().job(1, 3, 10);
    JobId running = estate().begin(2, 3, 10);

    sweepLater(HOUR);
    assertThat(numbers(job)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);

    sweepLater(Duration.ofMillis(1));
    assertThat(numbers(job)).as("the end stays").containsExactly(6L);
    assertThat(estate().hasFiles(job)).isTrue();

    sweepLater(HOUR);
    assertThat(journal.find(job).orElseThrow().filesRemovedAt()).isEqualTo(clock.instant());
    assertThat(estate().hasFiles(job)).isFalse();

    sweepLater(HOUR);
    assertThat(journal.find(job)).isEmpty();
    assertThat(journal.purged(job)).isPresent();

    sweepLater(HOUR.multipliedBy(4));
    assertThat(journal.purged(job)).isEmpty();

    assertThat(numbers(running)).as("what runs is never touched").hasSize(5);
    assertThat(estate().hasFiles(running)).isTrue();
  }

  @Test
  void agesCountFromTheEnd() {
    JobId job = estate().begin(1, 0, 10);
    sweepLater(HOUR.multipliedBy(24));
    estate().end(job);

    sweepLater(HOUR);

    assertThat(numbers(job)).hasSize(3);
    assertThat(journal.facts(Measured.class)).containsExactly(new Measured(job, LEAST));
  }

  @Test
  void factComesBeforeTheFiles() {
    JobId job = estate().job(1, 0, 10);
    sweep(PLENTY).run();
    journal.refuse(fact -> fact instanceof FilesRemoved);

    assertThatThrownBy(() -> sweepLater(HOUR.multipliedBy(3)))
        .isInstanceOf(JournalUnavailable.class);
    assertThat(estate().hasFiles(job)).isTrue();

    journal.refuseNothing();
    sweepLater(Duration.ZERO);
    assertThat(estate().hasFiles(job)).isFalse();
  }

  @Test
  void whatACrashLeftBetweenFactAndFilesIsFound() throws Exception {
    JobId kept = estate().job(1, 0, 10);
    JobId running = estate().begin(2, 0, 10);
    JobId purged = estate().job(3, 0, 10);
    JobId bare = estate().job(4, 0, 10);
    estate().store(new Purged(purged), new FilesRemoved(bare, clock.instant()));
    JobId unknown = Sample.id(5);
    Files.createDirectories(estate().directories().of(unknown).resolve("deep"));
    Path foreign = Files.createDirectory(root.resolve("lost+found"));

    sweep(PLENTY).removeStrays();

    assertThat(List.of(purged, bare, unknown)).noneMatch(estate()::hasFiles);
    assertThat(List.of(kept, running)).allMatch(estate()::hasFiles);
    assertThat(foreign).exists();
  }

  @Test
  void jobThatItsOwnerRemovesMeanwhileIsPassedOver() {
    List<JobId> jobs =
        IntStream.rangeClosed(1, 3).mapToObj(seq -> estate().job(seq, 0, 10)).toList();
    clock.pass(HOUR.multipliedBy(4));
    var removal = new Removal(journal, estate().directories(), clock);
    List<Kept.Ended> old = journal.kept().jobs(clock.instant(), 10);
    estate().store(new Purged(jobs.get(1)));

    removal.jobs(old);

    assertThat(jobs).allMatch(job -> journal.purged(job).isPresent()).noneMatch(estate()::hasFiles);
  }

  @Test
  void oneCommitIsNeverAboutMuch() {
    estate().job(1, 5 * Removal.EVENTS, 0);
    IntStream.rangeClosed(2, 350).forEach(seq -> estate().job(seq, 0, 0));
    int before = journal.commits().size();

    sweepLater(HOUR.multipliedBy(4));
    sweepLater(HOUR.multipliedBy(4));

    assertThat(journal.kept().jobs(clock.instant(), 10)).isEmpty();
    List<Fact> facts = journal.commits().stream().skip(before).flatMap(List::stream).toList();
    assertThat(facts).filteredOn(Purged.class::isInstance).hasSize(350);
    assertThat(facts)
        .filteredOn(Forgotten.class::isInstance)
        .allMatch(fact -> fact instanceof Forgotten few && few.atMost() == Sweep.STEP)
        .hasSize(4);
    assertThat(ofFirst(facts)).hasSizeGreaterThanOrEqualTo(5);
    long at = 1;
    for (EventsRemoved some : ofFirst(facts)) {
      assertThat(some.before() - at).isBetween(1L, (long) Removal.EVENTS);
      at = some.before();
    }
  }

  private static List<EventsRemoved> ofFirst(List<Fact> facts) {
    return facts.stream()
        .filter(EventsRemoved.class::isInstance)
        .map(EventsRemoved.class::cast)
        .filter(fact -> fact.id().equals(Sample.id(1)))
        .toList();
  }

  @Test
  void whenThereIsNoRoomTheOldestFilesGoFirst() {
    List<JobId> jobs =
        IntStream.rangeClosed(1, 4).mapToObj(seq -> estate().job(seq, 2, 10)).toList();
    JobId running = estate().begin(5, 2, 100_000);
    clock.pass(Duration.ofMillis(1));

    sweep(2 * LEAST).run();

    assertThat(jobs).extracting(estate()::hasFiles).containsExactly(false, false, true, true);
    assertThat(jobs).allSatisfy(job -> assertThat(numbers(job)).hasSize(5));
    assertThat(estate().hasFiles(running)).isTrue();
    assertThat(journal.kept().usage().needed()).isEqualTo(2 * LEAST);
  }

  @Test
  void thenEventsThenJobsAndNeverWhatIsUnfinished() {
    JobId job = estate().job(1, 2, 10);
    JobId running = estate().begin(2, 2, 10);
    clock.pass(Duration.ofMillis(1));

    sweep(-1).run();

    assertThat(journal.commits().stream().flatMap(List::stream).skip(7))
        .containsExactly(
            new Measured(job, LEAST),
            new FilesRemoved(job, clock.instant()),
            new EventsRemoved(job, 5),
            new Purged(job));
    assertThat(numbers(running)).hasSize(4);
    assertThat(estate().hasFiles(running)).isTrue();
  }

  @Test
  void nothingIsRemovedAfterTheEnd() {
    JobId job = estate().job(1, 2, 10);
    leisure.end();

    sweepLater(HOUR.multipliedBy(9));
    sweep(PLENTY).removeStrays();

    assertThat(numbers(job)).hasSize(5);
    assertThat(estate().hasFiles(job)).isTrue();
  }

  private List<Long> numbers(JobId job) {
    return journal.after(job, 0, Integer.MAX_VALUE).stream().map(Event::number).toList();
  }
}
