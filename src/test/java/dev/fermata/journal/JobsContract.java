package dev.fermata.journal;

import static dev.fermata.journal.Sample.job;
import static dev.fermata.journal.Sample.session;
import static dev.fermata.journal.Sample.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fermata.job.CommitPolicy;
import dev.fermata.job.CommitPolicy.Turn;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.Purged;
import dev.fermata.job.Job;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Outcome;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import dev.fermata.job.Submission;
import dev.fermata.job.Traceparent;
import dev.fermata.journal.Jobs.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What all jobs that are stored can be asked for, wherever they are stored. */
public abstract class JobsContract extends StorageContract {

  private static final Filter ALL = new Filter(Set.of(), null, null, null, null);

  private final Job first = job(1);
  private final Job second = job(2);

  @Test
  void whatAClientChoseComesBack() {
    var alice = new Owner("alice");
    var chosen =
        new Submission(
            alice,
            "chat",
            "default",
            new SessionId(alice, "talk"),
            Map.of(),
            null,
            new CommitPolicy(Turn.DISCARD, Turn.KEEP),
            new OnDisconnect(true, Duration.ZERO),
            5,
            Sample.NOON.plusSeconds(1),
            new Traceparent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "01"),
            List.of());
    var job = new Job(Sample.id(1), 1, chosen, Sample.NOON);

    store(new Accepted(job));

    assertThat(find(job).job()).isEqualTo(job);
  }

  @Test
  void pagesGoFromTheNewestToTheOldest() {
    for (int i = 1; i <= 7; i++) {
      store(new Accepted(job(i)));
    }

    List<JobRecord> page = jobs().page(ALL, Long.MAX_VALUE, 3);
    assertThat(page).extracting(record -> record.job().seq()).containsExactly(7L, 6L, 5L);
    assertThat(page.getFirst().job().submission().inputs()).isEmpty();
    assertThat(jobs().page(ALL, 5, 10))
        .extracting(record -> record.job().seq())
        .containsExactly(4L, 3L, 2L, 1L);
    assertThat(jobs().page(ALL, 1, 10)).isEmpty();
  }

  @Test
  void filtersNarrowPagesAndUnfinishedJobs() {
    store(new Accepted(job(1, "blastp", "default")), new Accepted(job(2, "chat", "chat")));
    store(new Accepted(job(3, "chat", "default")), new Accepted(job(4, "blastp", "default")));
    store(started(first, 1), succeeded(first.id(), 1), started(second, 1));

    assertThat(seqs(new Filter(Set.of(Status.SUCCEEDED, Status.RUNNING), null, null, null, null)))
        .containsExactly(2L, 1L);
    assertThat(seqs(new Filter(Set.of(), "chat", null, null, null))).containsExactly(3L, 2L);
    assertThat(seqs(new Filter(Set.of(), "chat", "default", null, null))).containsExactly(3L);
    assertThat(seqs(new Filter(Set.of(Status.QUEUED), "blastp", "default", null, null)))
        .containsExactly(4L);
    assertUnfinished(new Filter(Set.of(), null, "default", null, null), job(3), job(4));
    assertUnfinished(new Filter(Set.of(), "chat", null, null, null), second, job(3));
    assertUnfinished(new Filter(Set.of(Status.RUNNING), null, null, null, null), second);
    assertUnfinished(new Filter(Set.of(Status.SUCCEEDED), null, null, null, null));
    assertUnfinished(ALL, second, job(3), job(4));
  }

  private void assertUnfinished(Filter filter, Job... expected) {
    assertThat(jobs().unfinished(filter))
        .containsExactlyElementsOf(Stream.of(expected).map(Job::id).toList());
    assertThat(jobs().countUnfinished(filter)).isEqualTo(expected.length);
  }

  @Test
  void ownersFindTheirOwn() {
    var hers = new SessionId(new Owner("alice"), "talk");
    store(new Accepted(Sample.inSession(1, hers)), new Accepted(Sample.inSession(2, "talk")));

    assertThat(seqs(new Filter(Set.of(), null, null, null, hers.owner()))).containsExactly(1L);
    assertThat(seqs(new Filter(Set.of(), null, null, null, Owner.NOBODY))).containsExactly(2L);
    assertThat(seqs(new Filter(Set.of(), null, null, hers, null))).containsExactly(1L);
    assertThat(seqs(new Filter(Set.of(), null, null, hers, hers.owner()))).containsExactly(1L);
    assertUnfinished(
        new Filter(Set.of(), null, null, null, hers.owner()), Sample.inSession(1, hers));
    assertUnfinished(new Filter(Set.of(), null, null, hers, null), Sample.inSession(1, hers));
    store(started(first, 1), succeeded(first.id(), 1), new Purged(first.id()));
    assertThat(jobs().purged(first.id())).contains(hers.owner());
  }

  @Test
  void findsThoseThatExistInTheOrderAsked() {
    store(new Accepted(first), new Accepted(second));

    assertThat(jobs().findAll(List.of(second.id(), job(9).id(), first.id())))
        .extracting(record -> record.job().id())
        .containsExactly(second.id(), first.id());
    assertThat(jobs().findAll(List.of())).isEmpty();
  }

  @Test
  void onlyAFinishedJobCanBePurgedAndOnlyOnce() {
    store(new Accepted(first));
    assertStale(new Purged(first.id()));
    assertThat(jobs().purged(first.id())).isEmpty();

    store(started(first, 1), succeeded(first.id(), 1));
    store(new Purged(first.id()));

    assertThat(jobs().purged(first.id())).contains(Owner.NOBODY);
    assertThat(jobs().find(first.id())).isEmpty();
    assertStale(new Purged(first.id()));
  }

  @Test
  void numberOfAPurgedJobIsNeverUsedAgain() {
    assertThat(journal().lastSeq()).isZero();
    store(new Accepted(first), new Accepted(second));
    store(started(second, 1), succeeded(second.id(), 1));
    store(new Purged(second.id()));

    assertThat(journal().lastSeq()).isEqualTo(2);
  }

  @Test
  void jobsOfASessionAreFoundAlone() {
    store(new Accepted(first), new Accepted(Sample.inSession(2, "talk")));
    store(new Accepted(Sample.inSession(3, "other")), new Accepted(Sample.inSession(4, "talk")));
    store(started(second, 1), succeeded(second.id(), 1));
    Filter talk = new Filter(Set.of(), null, null, session("talk"), null);

    assertThat(seqs(talk)).containsExactly(4L, 2L);
    assertThat(jobs().page(talk, 4, 10).getFirst().job().submission().session())
        .isEqualTo(session("talk"));
    assertThat(jobs().unfinished(talk)).containsExactly(Sample.id(4));
  }

  @Test
  void endsAreCountedByMinuteAndByHow() {
    var cancelled = new Outcome.Cancelled(Reason.CLIENT_REQUEST, null);
    store(new Accepted(first), new Accepted(second), new Accepted(job(3)), new Accepted(job(4)));
    store(started(first, 1), succeeded(first.id(), 1));
    store(started(second, 1), succeeded(second.id(), 1));
    store(Sample.finished(job(3).id(), 0, cancelled));
    Instant minute = Sample.NOON.plusSeconds(5).truncatedTo(ChronoUnit.MINUTES);

    List<Tally> tallies = jobs().tallies(Owner.NOBODY, Sample.NOON);

    assertThat(tallies)
        .extracting(Tally::minute, Tally::status, Tally::jobs, Tally::started)
        .containsExactly(
            tuple(minute, Status.CANCELLED, 1L, 0L), tuple(minute, Status.SUCCEEDED, 2L, 2L));
    assertThat(tallies.getFirst().queueWait()).as("nobody started").isNull();
    assertThat(tallies.getLast().queueWait()).isNotNull();
    assertThat(tallies.getLast().run()).isNotNull();
    assertThat(jobs().tallies(new Owner("alice"), Sample.NOON)).isEmpty();
    assertThat(jobs().tallies(Owner.NOBODY, Sample.NOON.plusSeconds(6))).isEmpty();
  }

  private List<Long> seqs(Filter filter) {
    return jobs().page(filter, Long.MAX_VALUE, 100).stream()
        .map(record -> record.job().seq())
        .toList();
  }
}
