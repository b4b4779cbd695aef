package dev.fermata.lane;

import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Event;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.Retried;
import dev.fermata.job.Job;
import dev.fermata.job.Outcome;
import dev.fermata.job.Outcome.Cancelled;
import dev.fermata.job.Outcome.Failed;
import dev.fermata.job.Outcome.Succeeded;
import dev.fermata.job.Outcome.TimedOut;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionChange;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.Jobs;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.Kind;
import dev.fermata.kind.Kinds;
import dev.fermata.scope.CloseFailed;
import dev.fermata.scope.Scope;
import dev.fermata.session.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one job from its start to its end: opens its scope, lets its handler work, closes the scope,
 * and says how it ended. Safe for use by the threads of every lane.
 */
public final class Worker {

  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  /**
   * How the work ended, once its scope has closed.
   *
   * @param change what is saved of its session if this is the job's end; null for nothing
   * @param rest until it is tried again; null when it is not
   */
  private record Done(Outcome outcome, @Nullable SessionChange change, @Nullable Duration rest) {}

  private final Scope application;
  private final Kinds kinds;
  private final Jobs jobs;
  private final Opening opening;
  private final Retries retries;
  private final ScheduledExecutorService timer;
  private final Patience patience;
  private final Clock clock;

  /**
   * A worker at rest.
   *
   * @param chance gives numbers from 0 to 1, to any thread: how long failed jobs rest
   * @param timer tells when a job's limit has passed
   */
  public Worker(
      Scope application,
      Kinds kinds,
      Jobs jobs,
      Opening opening,
      DoubleSupplier chance,
      ScheduledExecutorService timer,
      Patience patience,
      Clock clock) {
    this.application = application;
    this.kinds = kinds;
    this.jobs = jobs;
    this.opening = opening;
    this.retries = new Retries(kinds, chance);
    this.timer = timer;
    this.patience = patience;
    this.clock = clock;
  }

  /** Does one attempt at a job, and returns how it ended once its scope has closed. */
  End run(Attempt attempt) {
    Done done = done(attempt);
    Instant now = clock.instant();
    List<Event.What> unreported = attempt.reports().rest();
    return new End(attempt, unreported, finished(attempt, done, now), retry(attempt, done, now));
  }

  private static @Nullable Retried retry(Attempt attempt, Done done, Instant now) {
    return done.rest() == null
        ? null
        : Retries.retried(attempt, done.outcome(), now, now.plus(done.rest()));
  }

  private static Finished finished(Attempt attempt, Done done, Instant now) {
    return new Finished(
        attempt.id(),
        attempt.number(),
        now,
        attempt.at(Milestone.RETURNED),
        done.outcome(),
        attempt.progress(),
        attempt.warnings(),
        done.change());
  }

  private Done done(Attempt attempt) {
    try {
      return perform(patience.insist(() -> jobs.find(attempt.id())).orElseThrow(), attempt);
    } catch (JournalUnavailable e) {
      throw e;
    } catch (RuntimeException | Error e) {
      log.error("Job {}: it could not be run", attempt.id(), e);
      var failed = new Failed(Reason.HANDLER_ERROR, "The job could not be run: " + e, null);
      return new Done(failed, null, null);
    }
  }

  private Done perform(JobRecord found, Attempt attempt) {
    attempt.belongsTo(found.job().submission().traceparent());
    Outcome outcome = closing(found.job(), attempt);
    return new Done(
        outcome,
        change(found.job().submission().policy(), attempt, outcome),
        retries.rest(found, outcome).orElse(null));
  }

  private Outcome closing(Job job, Attempt attempt) {
    Scope scope = application.open();
    Outcome outcome = scope.call(() -> answer(job, attempt, scope));
    try {
      scope.close();
      return outcome;
    } catch (CloseFailed e) {
      log.error("Job {}: {}", job.id(), e.getMessage(), e);
      return afterFailedClose(outcome, e, attempt);
    }
  }

  /** What is saved of the session, which has closed; null for nothing. */
  private static @Nullable SessionChange change(
      CommitPolicy policy, Attempt attempt, Outcome outcome) {
    @Nullable Session session = attempt.opened();
    return session == null || attempt.token().discards() || !policy.saves(outcome)
        ? null
        : session.change().orElse(null);
  }

  private Outcome answer(Job job, Attempt attempt, Scope scope) {
    @Nullable Kind kind = kinds.find(job.submission().kind()).orElse(null);
    if (kind == null) {
      return new Failed(
          Reason.KIND_UNAVAILABLE,
          "This server no longer has the kind " + job.submission().kind() + ".",
          null);
    }
    OpenRun run;
    try {
      run = opening.open(job, attempt, scope);
    } catch (Exception | Error e) {
      log.error("Job {}: its scope could not be opened", job.id(), e);
      return new Failed(Reason.SCOPE_OPEN_FAILED, "Opening failed: " + e, null);
    }
    attempt.reached(Milestone.OPENED, clock.instant());
    Outcome outcome = handle(kind, run, attempt);
    attempt.reports().close();
    return outcome;
  }

  /** The one stretch that a stop can interrupt. */
  private Outcome handle(Kind kind, OpenRun run, Attempt attempt) {
    CancelToken token = attempt.token();
    @Nullable Duration limit = run.job().submission().timeout();
    if (!token.arm()) {
      return stopped(token, null);
    }
    Future<?> alarm = alarm(limit, token);
    Outcome own;
    try {
      own = new Succeeded(Objects.requireNonNull(kind.handler().run(run), "it gave no answer"));
    } catch (JobFailed e) {
      own = new Failed(e.reason(), e.getMessage(), e.returnCode());
    } catch (Exception | Error e) {
      own = unexpected(run.job(), e, token);
    }
    alarm.cancel(false);
    boolean byItself = token.settle();
    attempt.reached(Milestone.RETURNED, clock.instant());
    return byItself ? own : stopped(token, own.returnCode());
  }

  private Future<?> alarm(@Nullable Duration limit, CancelToken token) {
    return limit == null
        ? CompletableFuture.completedFuture(null)
        : timer.schedule(
            () -> token.stop(new StopCause.Timeout(limit)),
            limit.toMillis(), // as nanoseconds a limit of centuries is too great for a long
            TimeUnit.MILLISECONDS);
  }

  private static Failed unexpected(Job job, Throwable e, CancelToken token) {
    if (token.delivered() == null) {
      log.error("Job {}: the handler of {} failed", job.id(), job.submission().kind(), e);
    }
    return new Failed(Reason.HANDLER_ERROR, "The handler failed: " + e, null);
  }

  private static Outcome stopped(CancelToken token, @Nullable Integer returnCode) {
    return switch (token.delivered()) {
      case StopCause.Cancel(Reason reason, var discards) -> new Cancelled(reason, returnCode);
      case StopCause.Timeout(Duration limit) -> new TimedOut(limit, returnCode);
      case StopCause.HandBack() -> new Cancelled(Reason.SERVER_STOPPED, returnCode);
      case null -> throw new IllegalStateException("no stop was delivered");
    };
  }

  /** Only a success turns into a failure; any other end keeps its word and gets a warning. */
  private static Outcome afterFailedClose(Outcome outcome, CloseFailed e, Attempt attempt) {
    String message = "Closing failed: " + e.getCause();
    if (outcome instanceof Succeeded success) {
      return new Failed(Reason.SCOPE_CLOSE_FAILED, message, success.returnCode());
    }
    attempt.warn(message);
    return outcome;
  }
}
