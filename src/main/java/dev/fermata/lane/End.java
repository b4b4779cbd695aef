package dev.fermata.lane;

import dev.fermata.job.Event;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.Reported;
import dev.fermata.job.Fact.Retried;
import dev.fermata.job.Outcome;
import dev.fermata.job.Reason;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt ended, not yet durable.
 *
 * @param unreported what watchers are to see before the end, and what is not on its way yet
 * @param fact {@link Finished} or {@link HandedBack}
 * @param retry what is stored in place of it, so that the job is tried again; null for nothing
 */
record End(Attempt attempt, List<Event.What> unreported, Fact.OfJob fact, @Nullable Retried retry) {

  /** For good, or handed back. */
  End(Attempt attempt, List<Event.What> unreported, Fact.OfJob fact) {
    this(attempt, unreported, fact, null);
  }

  /** What is to be stored, in one commit. */
  Stream<Fact.OfJob> facts(Instant now) {
    Fact.OfJob end = retry != null ? retry : attempt.token().discards() ? savingNothing() : fact;
    return unreported.isEmpty()
        ? Stream.of(end)
        : Stream.of(new Reported(attempt.id(), attempt.number(), now, unreported), end);
  }

  /** Somebody may have asked to discard the turn while its last reports were stored. */
  private Fact.OfJob savingNothing() {
    return fact instanceof Finished finished ? savingNothing(finished.outcome(), finished) : fact;
  }

  private static Finished savingNothing(Outcome outcome, Finished finished) {
    return new Finished(
        finished.id(),
        finished.attempt(),
        finished.at(),
        outcome,
        finished.progress(),
        finished.warnings(),
        null);
  }

  /** The same attempt as the last one, which ends the job. */
  End withoutRetry() {
    return new End(attempt, unreported, fact);
  }

  boolean handsBack() {
    return fact instanceof HandedBack;
  }

  /** The same attempt, cancelled while it was handed back. */
  End cancelled(Reason reason, Instant now) {
    return new End(attempt, unreported, attempt.waitingAfter().cancelled(reason, now));
  }

  /** Whether it saves something of a session. */
  boolean saves() {
    return fact instanceof Finished finished && finished.change() != null;
  }

  /** The same attempt, whose session is no longer what it found, so that nothing can be saved. */
  End sessionChanged() {
    Finished finished = (Finished) fact;
    var failed =
        new Outcome.Failed(
            Reason.SESSION_CHANGED,
            "Session "
                + attempt.session()
                + " was changed by somebody else while the job ran; nothing of the job is saved.",
            finished.outcome().returnCode());
    return new End(attempt, unreported, savingNothing(failed, finished));
  }

  String inWords() {
    String how =
        fact instanceof Finished finished ? finished.outcome().status().word() : "handed back";
    String again = retry == null ? "" : ", to be tried again at " + retry.dueAt();
    return "Job " + attempt.id() + " " + how + ", attempt " + attempt.number() + again;
  }
}
