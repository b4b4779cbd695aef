package dev.fermata.journal;

import static dev.fermata.journal.Sample.NOON;
import static dev.fermata.journal.Sample.job;
import static dev.fermata.journal.Sample.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.job.Event;
import dev.fermata.job.Event.Chunk;
import dev.fermata.job.Event.Ended;
import dev.fermata.job.Event.What;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.EventsRemoved;
import dev.fermata.job.Fact.FilesRemoved;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.Forgotten;
import dev.fermata.job.Fact.Measured;
import dev.fermata.job.Fact.Purged;
import dev.fermata.job.Fact.Reported;
import dev.fermata.job.Fact.Shrunk;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Outcome;
import dev.fermata.journal.Kept.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept of jobs that have ended, and how it becomes less, wherever it is stored. */
public abstract class KeptContract extends StorageContract {

  private static final Instant LATER = NOON.plusSeconds(3600);

  private final Job first = job(1);
  private final Job second = job(2);

  @Test
  void oldestEndsComeFirstAndWhatIsUnfinishedNever() {
    end(job(1), 30);
    end(job(2), 10);
    end(job(3), 20);
    store(new Accepted(job(4)), new Accepted(job(5)), started(job(5), 1));

    assertThat(kept().jobs(LATER, 10)).extracting(Kept.Ended::id).isEqualTo(ids(2, 3, 1));
    assertThat(kept().withEvents(LATER, 10)).extracting(Kept.Ended::id).isEqualTo(ids(2, 3, 1));
    assertThat(kept().jobs(LATER, 2)).extracting(Kept.Ended::id).isEqualTo(ids(2, 3));
    assertThat(kept().jobs(NOON.plusSeconds(20), 10)).extracting(Kept.Ended::id).isEqualTo(ids(2));
    assertThat(kept().unmeasured(10)).containsExactlyInAnyOrderElementsOf(ids(1, 2, 3));
  }

  @Test
  void nothingOfAnUnfinishedJobIsRemoved() {
    store(new Accepted(first), started(first, 1));

    assertStale(new Measured(first.id(), 1));
    assertStale(new FilesRemoved(first.id(), NOON));
    assertStale(new EventsRemoved(first.id(), 2));
    assertThat(eventsOf(first)).hasSize(2);
  }

  @Test
  void filesAreAddedUpAsFarAsTheyAreMeasuredAndKept() {
    end(first, 1);
    end(second, 2);
    end(job(3), 3);
    assertThat(kept().usage().files()).isZero();

    store(new Measured(first.id(), 100), new Measured(second.id(), 20), new Measured(id(3), 0));

    assertThat(kept().usage().files()).isEqualTo(120);
    assertThat(kept().unmeasured(10)).isEmpty();
    assertThat(kept().withFiles(LATER, 10))
        .containsExactly(new Files(first.id(), 100), new Files(second.id(), 20));

    store(new FilesRemoved(first.id(), NOON));
    assertThat(kept().usage().files()).isEqualTo(20);

    store(new Purged(second.id()), new Purged(id(3)));
    assertThat(kept().usage().files()).isZero();
  }

  @Test
  void filesAreRemovedForGood() {
    end(first, 1);
    end(second, 2);
    store(new Measured(first.id(), 100));
    Set<JobId> all = Set.of(first.id(), second.id(), id(9));
    assertThat(kept().owners(all)).containsExactlyInAnyOrder(first.id(), second.id());
    assertThat(find(first).filesRemovedAt()).isNull();

    store(new FilesRemoved(first.id(), LATER));

    assertThat(find(first).filesRemovedAt()).isEqualTo(LATER);
    assertThat(jobs().findAll(List.of(first.id())).getFirst().filesRemovedAt()).isEqualTo(LATER);
    assertThat(kept().withFiles(LATER, 10)).isEmpty();
    assertThat(kept().owners(all)).containsExactly(second.id());
    assertStale(new FilesRemoved(first.id(), LATER));
    assertStale(new Measured(first.id(), 5));
  }

  @Test
  void filesThatNobodyMeasuredCanBeRemoved() {
    end(first, 1);

    store(new FilesRemoved(first.id(), LATER));

    assertThat(kept().unmeasured(10)).isEmpty();
    assertThat(kept().usage().files()).isZero();
  }

  @Test
  void eventsGoPieceByPieceUpToTheEndWhichStays() {
    store(new Accepted(first), started(first, 1), chunks(first, 5), succeeded(first.id(), 1));
    store(new Accepted(second), started(second, 1), chunks(second, 2), succeeded(second.id(), 1));

    store(new EventsRemoved(first.id(), 4));
    assertThat(eventsOf(first)).extracting(Event::number).containsExactly(4L, 5L, 6L, 7L, 8L);
    assertThat(kept().withEvents(LATER, 10))
        .contains(new Kept.Ended(first.id(), 4, 8), new Kept.Ended(second.id(), 1, 5));

    assertStale(new EventsRemoved(first.id(), 4));
    assertStale(new EventsRemoved(first.id(), 9));
    store(new EventsRemoved(first.id(), 8));

    assertThat(eventsOf(first))
        .containsExactly(new Event(first.id(), 8, NOON.plusSeconds(5), new Ended()));
    assertThat(find(first).lastEvent()).isEqualTo(8);
    assertThat(kept().withEvents(LATER, 10)).containsExactly(new Kept.Ended(second.id(), 1, 5));
    assertThat(kept().jobs(LATER, 10)).contains(new Kept.Ended(first.id(), 8, 8));
    assertThat(eventsOf(second)).hasSize(5);
  }

  @Test
  void tombstonesAreForgottenAFewAtATime() {
    for (int seq = 1; seq <= 3; seq++) {
      end(job(seq), seq);
      store(new Purged(id(seq)));
    }
    assertThat(kept().forgettable(NOON, NOON)).isFalse();
    assertThat(kept().forgettable(LATER, NOON)).isTrue();

    store(new Forgotten(NOON, NOON, 10));
    assertThat(ids(1, 2, 3)).allMatch(id -> jobs().purged(id).isPresent());

    store(new Forgotten(LATER, NOON, 2));
    assertThat(ids(1, 2, 3)).filteredOn(id -> jobs().purged(id).isPresent()).hasSize(1);
    assertThat(kept().forgettable(LATER, NOON)).isTrue();

    store(new Forgotten(LATER, NOON, 2));
    assertThat(ids(1, 2, 3)).noneMatch(id -> jobs().purged(id).isPresent());
    assertThat(kept().forgettable(LATER, NOON)).isFalse();
  }

  @Test
  void shrinkingTakesNothingAway() {
    end(first, 1);

    store(new Shrunk(10));

    assertThat(eventsOf(first)).hasSize(3);
  }

  private void end(Job job, int seconds) {
    var outcome = new Outcome.Succeeded(new Answer(null, 0));
    store(new Accepted(job), started(job, 1));
    store(
        new Finished(job.id(), 1, NOON.plusSeconds(seconds), null, outcome, null, List.of(), null));
  }

  private static Reported chunks(Job job, int count) {
    List<What> chunks = Collections.nCopies(count, new Chunk("stdout", "word"));
    return new Reported(job.id(), 1, NOON, chunks);
  }

  private static JobId id(long seq) {
    return Sample.id(seq);
  }

  private static List<JobId> ids(int... seqs) {
    return Arrays.stream(seqs).mapToObj(Sample::id).toList();
  }
}
