package dev.fermata.journal;

import static dev.fermata.journal.Sample.NOON;
import static dev.fermata.journal.Sample.job;
import static dev.fermata.journal.Sample.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.Fact.Purged;
import dev.fermata.job.IdempotencyKey;
import dev.fermata.job.Job;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.journal.UsedKeys.Use;
import org.junit.jupiter.api.Test;

/** What every journal makes of the keys under which jobs are accepted. */
public abstract class UsedKeysContract extends StorageContract {

  private static final Owner ALICE = new Owner("alice");
  private static final IdempotencyKey KEY = new IdempotencyKey(Owner.NOBODY, "k", "print");

  private final Job first = job(1);
  private final Job second = job(2);

  private static Accepted under(IdempotencyKey key, Job job) {
    return new Accepted(job, job.place(), key);
  }

  @Test
  void keyIsFreeUntilAJobIsAcceptedUnderIt() {
    assertThat(keys().find(Owner.NOBODY, "k")).isEmpty();

    store(under(KEY, first));

    assertThat(keys().find(Owner.NOBODY, "k")).contains(new Use("print", first.id()));
    assertThat(keys().find(Owner.NOBODY, "K")).isEmpty();
  }

  @Test
  void usedKeyBringsInNoSecondJobWhateverItsRequest() {
    store(under(KEY, first));

    assertStale(under(KEY, second));
    assertStale(under(new IdempotencyKey(Owner.NOBODY, "k", "other"), second));

    assertThat(jobs().find(second.id())).isEmpty();
    assertThat(keys().find(Owner.NOBODY, "k")).contains(new Use("print", first.id()));
  }

  @Test
  void keysOfTwoOwnersAreTwo() {
    store(under(KEY, first));
    store(under(new IdempotencyKey(ALICE, "k", "other"), second));

    assertThat(keys().find(Owner.NOBODY, "k")).contains(new Use("print", first.id()));
    assertThat(keys().find(ALICE, "k")).contains(new Use("other", second.id()));
  }

  @Test
  void usedKeyTakesItsWholeGroupWithIt() {
    store(under(KEY, first), started(first, 1));

    assertStale(new CancelAsked(first.id(), Reason.SUPERSEDED, NOON), under(KEY, second));

    assertThat(find(first).status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void refusedGroupLeavesItsKeyFree() {
    assertStale(under(KEY, first), succeeded(second.id(), 1));
    assertStale(under(KEY, first), under(KEY, second));
    assertThat(keys().find(Owner.NOBODY, "k")).isEmpty();

    store(under(KEY, second));

    assertThat(keys().find(Owner.NOBODY, "k")).contains(new Use("print", second.id()));
  }

  @Test
  void keyOutlivesItsJob() {
    store(under(KEY, first), started(first, 1), succeeded(first.id(), 1));
    store(new Purged(first.id()));

    assertThat(keys().find(Owner.NOBODY, "k")).contains(new Use("print", first.id()));
    assertStale(under(KEY, second));
  }
}
