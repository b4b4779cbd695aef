package dev.fermata.promises;

import dev.fermata.job.Status;
import dev.fermata.promises.Seen.Entry;
import dev.fermata.promises.Seen.Entry.Accepted;
import dev.fermata.promises.Seen.Entry.BackedOff;
import dev.fermata.promises.Seen.Entry.Crashed;
import dev.fermata.promises.Seen.Entry.Ended;
import dev.fermata.promises.Seen.Entry.HandedBack;
import dev.fermata.promises.Seen.Entry.Saved;
import dev.fermata.promises.Seen.Entry.Started;
import java.util.List;
import java.util.function.BiPredicate;

/** What holds of everything that is ever seen of a server, given what was seen before. */
enum Invariant {

  // Nothing acknowledged is lost.
  AN_ACKNOWLEDGED_JOB_IS_DURABLE(
      on(Seen.Acknowledged.class, (known, it) -> known.find(it.job()).isPresent())),
  AN_ACKNOWLEDGED_CANCEL_IS_DURABLE(
      on(
          Seen.CancelAcknowledged.class,
          (known, it) -> {
            KnownJob job = known.job(it.job());
            return job.cancelAsked() || job.status().finished();
          })),
  AT_REST_EVERY_JOB_HAS_ENDED_AND_WATCHERS_KNOW(
      on(
          Seen.Rest.class,
          (known, it) ->
              known.jobs().stream()
                  .allMatch(job -> job.status().finished() && job.watched().due().isEmpty()))),

  // Order.
  JOBS_START_IN_ORDER(on(Started.class, Order::mayStart)),
  A_LANE_RUNS_NO_MORE_JOBS_THAN_IT_HAS_WORKERS(
      on(Started.class, Order::hasWorker), on(Seen.Opened.class, Order::hasRoom)),
  A_SESSION_IS_HELD_BY_ONE_JOB(
      on(Started.class, (known, it) -> Order.sessionFree(known.running(), known.job(it.job()))),
      on(Seen.Opened.class, (known, it) -> Order.sessionFree(known.open(), known.job(it.job())))),

  // The life of a job.
  A_JOB_IS_ACCEPTED_ONCE(on(Accepted.class, (known, it) -> known.find(it.job()).isEmpty())),
  NOTHING_HAPPENS_AFTER_THE_END(
      on(
          Entry.class,
          (known, it) ->
              it instanceof Accepted
                  || it instanceof Saved // has its end in the same commit, see below
                  || !known.job(it.job()).status().finished())),
  ATTEMPTS_COUNT_STARTS(
      on(
          Started.class,
          (known, it) -> {
            KnownJob job = known.job(it.job());
            return job.status() == Status.QUEUED && it.attempt() == job.counts().starts() + 1;
          })),
  A_STALE_WORKER_IS_REFUSED(
      on(
          Ended.class,
          (known, it) -> {
            KnownJob job = known.job(it.job());
            boolean inLine = job.waitsAfter(it.attempt());
            return job.runs(it.attempt()) || (inLine && it.status() == Status.CANCELLED);
          }),
      on(BackedOff.class, (known, it) -> known.job(it.job()).runs(it.attempt())),
      on(HandedBack.class, (known, it) -> known.job(it.job()).runs(it.attempt())),
      on(Crashed.class, (known, it) -> known.job(it.job()).runs(it.attempt()))),
  FAILURES_ARE_COUNTED(
      on(BackedOff.class, (known, it) -> known.job(it.job()).mayFailAgain()),
      on(
          Ended.class,
          (known, it) ->
              it.status() != Status.FAILED
                  || !known.job(it.job()).mayFailAgain()
                  || known.job(it.job()).cancelAsked())),
  CRASHES_ARE_COUNTED(
      on(
          Crashed.class,
          (known, it) ->
              known.job(it.job()).orphaned()
                  && known.job(it.job()).counts().crashes() < known.rules().maxCrashes()),
      on(
          Ended.class,
          (known, it) ->
              it.status() != Status.LOST
                  || (known.job(it.job()).orphaned()
                      && known.job(it.job()).counts().crashes() == known.rules().maxCrashes()))),

  // The scope is the job.
  A_SCOPE_OPENS_AFTER_A_DURABLE_START(
      on(Seen.Opened.class, (known, it) -> known.job(it.job()).runs(it.attempt()))),
  A_SCOPE_CLOSES_BEFORE_THE_END_OF_ITS_ATTEMPT(
      on(
          Entry.class,
          (known, it) ->
              it instanceof Accepted
                  || it instanceof Entry.CancelAsked
                  || !known.job(it.job()).scope().open())),
  AN_END_IS_TOLD_AFTER_THE_CLOSE(
      on(Seen.Told.class, (known, it) -> !known.job(it.job()).scope().open())),

  // Cancel is true.
  A_CANCELLED_JOB_NEVER_RUNS_AGAIN(
      on(Started.class, (known, it) -> !known.job(it.job()).cancelAsked()),
      on(HandedBack.class, (known, it) -> !known.job(it.job()).cancelAsked()),
      on(BackedOff.class, (known, it) -> !known.job(it.job()).cancelAsked()),
      on(Crashed.class, (known, it) -> !known.job(it.job()).cancelAsked())),
  A_CANCELLING_JOB_THAT_CRASHED_IS_CANCELLED(
      on(
          Ended.class,
          (known, it) -> {
            KnownJob job = known.job(it.job());
            return !job.orphaned() || !job.cancelAsked() || it.status() == Status.CANCELLED;
          })),
  A_RUNNING_JOB_IS_CANCELLED_ONLY_WHEN_ASKED(
      on(
          Ended.class,
          (known, it) -> {
            KnownJob job = known.job(it.job());
            return it.status() != Status.CANCELLED || !job.runs() || job.cancelAsked();
          })),
  WHAT_CAME_FIRST_WINS(
      on(
          Ended.class,
          (known, it) -> {
            KnownJob.Scope scope = known.job(it.job()).scope();
            boolean stopped = it.status() == Status.CANCELLED || it.status() == Status.TIMED_OUT;
            return stopped ? !scope.returned() : !scope.stopped();
          })),

  // One commit.
  A_TURN_IS_SAVED_WITH_ITS_END_AS_ITS_POLICY_SAYS(on(Seen.Commit.class, Saving::followsPolicy)),
  VERSIONS_ARE_COUNTED(
      on(Saved.class, (known, it) -> it.version() == known.version(it.session()) + 1)),
  READERS_FIND_WHAT_WAS_SAVED(
      on(Seen.Rest.class, (known, it) -> Saving.sessions(known).equals(it.sessions()))),

  // What watchers see.
  EVENTS_ARE_NUMBERED_WITHOUT_GAPS(
      on(
          Seen.Shown.class,
          (known, it) ->
              it.number() == known.find(it.job()).map(job -> job.watched().last()).orElse(0L) + 1)),
  ONLY_THE_DURABLE_IS_SHOWN_IN_ITS_ORDER(
      on(
          Seen.Shown.class,
          (known, it) ->
              it.status() == null
                  || known.find(it.job()).stream()
                      .flatMap(job -> job.watched().due().stream().limit(1))
                      .anyMatch(it.status()::equals)));

  /** Whether something may be seen now. */
  private interface Rule extends BiPredicate<Known, Seen> {}

  @SuppressWarnings("ImmutableEnumChecker") // a copy of pure functions
  private final List<Rule> rules;

  Invariant(Rule... rules) {
    this.rules = List.of(rules);
  }

  private static <S extends Seen> Rule on(Class<S> what, BiPredicate<Known, S> holds) {
    return (known, seen) -> !what.isInstance(seen) || holds.test(known, what.cast(seen));
  }

  /** Whether it holds. */
  private boolean allows(Known known, Seen seen) {
    for (Rule rule : rules) {
      if (!rule.test(known, seen)) {
        return false;
      }
    }
    return true;
  }

  private static final Invariant[] ALL = values();

  /** What is known once this was seen, too. */
  static Known check(Known known, Seen seen) throws Broken {
    for (Invariant invariant : ALL) {
      if (!invariant.allows(known, seen)) {
        throw new Broken(invariant, seen);
      }
    }
    Known after = known.after(seen);
    if (seen instanceof Seen.Commit(List<Entry> entries)) {
      for (Entry entry : entries) {
        after = check(after, entry);
      }
    }
    return after;
  }
}
