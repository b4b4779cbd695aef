package dev.fermata.lane;

import dev.fermata.job.Event;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.Reported;
import dev.fermata.job.Fact.Retried;
import dev.fermata.job.Outcome;
import dev.fermata.job.Outcome.Cancelled;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionChange;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt ended, not yet durable.
 *
 * @param unreported what watchers are to see before the end, and what is not on its way yet
 * @param finished the end of the job; of one that was stopped with the server, what its end would
 *     be if somebody cancelled it now
 * @param retry what is stored in place of it, so that the job is tried again; null for nothing
 */
record End(
    Attempt attempt, List<Event.What> unreported, Finished finished, @Nullable Retried retry) {

  /** What is to be stored, in one commit. */
  Stream<Fact.OfJob> facts(Instant now) {
    return unreported.isEmpty()
        ? Stream.of(fact())
        : Stream.of(new Reported(attempt.id(), attempt.number(), now, unreported), fact());
  }

  /** Somebody may have asked to discard the turn while its last reports were stored. */
  private Fact.OfJob fact() {
    if (retry != null) {
      return retry;
    }
    if (handsBack()) {
      return new HandedBack(attempt.id(), attempt.number(), finished.at());
    }
    return attempt.token().discards() ? savingNothing(finished.outcome()).finished : finished;
  }

  private End savingNothing(Outcome outcome) {
    return with(outcome, null);
  }

  /** The same attempt as the last one, which ends the job. */
  End withoutRetry() {
    return new End(attempt, unreported, finished, null);
  }

  private End with(Outcome outcome, @Nullable SessionChange change) {
    var end =
        new Finished(
            finished.id(),
            finished.attempt(),
            finished.at(),
            finished.returnedAt(),
            outcome,
            finished.progress(),
            finished.warnings(),
            change);
    return new End(attempt, unreported, end, null);
  }

  /** Whether the job does not end, but waits for the next start of the server. */
  boolean handsBack() {
    return finished.outcome().reason() == Reason.SERVER_STOPPED;
  }

  /** The same attempt, cancelled while it was handed back. */
  End cancelled(Reason reason) {
    return with(new Cancelled(reason, finished.outcome().returnCode()), finished.change());
  }

  /** Whether it saves something of a session. */
  boolean saves() {
    return !handsBack() && finished.change() != null;
  }

  /** The same attempt, whose session is no longer what it found, so that nothing can be saved. */
  End sessionChanged() {
    return savingNothing(
        new Outcome.Failed(
            Reason.SESSION_CHANGED,
            "Session "
                + attempt.session()
                + " was changed by somebody else while the job ran; nothing of the job is saved.",
            finished.outcome().returnCode()));
  }
}
