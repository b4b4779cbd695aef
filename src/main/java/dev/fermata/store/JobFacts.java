package dev.fermata.store;

import dev.fermata.job.Event;
import dev.fermata.job.Event.Ended;
import dev.fermata.job.Event.StatusChanged;
import dev.fermata.job.Event.What;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.Fact.Crashed;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.Joined;
import dev.fermata.job.Fact.Purged;
import dev.fermata.job.Fact.Reported;
import dev.fermata.job.Fact.Retried;
import dev.fermata.job.Fact.Spawned;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.JobId;
import dev.fermata.job.Outcome;
import dev.fermata.job.Outcome.Succeeded;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Progress;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.job.Status;
import dev.fermata.store.EventFacts.Updated;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes facts about jobs, and what clients see of them. */
final class JobFacts {

  private static final String START =
      """
      update job set status = 'running', attempt = ?, started_at = ?, last_event = last_event + 1
      where id = ? and status = 'queued' and attempt = ? - 1\s"""
          + Updated.RETURNING;
  private static final String SPAWN =
      """
      update job set group_id = ?, group_ticks = ?, group_boot = ?
      where id = ? and attempt = ? and status in ('running', 'cancelling')""";
  private static final String REPORT =
      """
      update job set last_event = last_event + ?
      where id = ? and attempt = ? and status in ('running', 'cancelling')\s"""
          + Updated.RETURNING;
  private static final String ASK =
      """
      update job set status = 'cancelling', reason = ?, last_event = last_event + 1
      where id = ? and status = 'running'\s"""
          + Updated.RETURNING;
  private static final String ASK_AGAIN =
      "update job set status = 'cancelling' where id = ? and status = 'cancelling'";
  private static final String WAIT_AGAIN =
      """
      update job set status = 'queued', started_at = null, crashes = crashes + ?,
        group_id = null, group_ticks = null, group_boot = null, last_event = last_event + 1
      where id = ? and attempt = ? and status = 'running'\s"""
          + Updated.RETURNING;
  private static final String RETRY =
      """
      update job set status = 'queued', started_at = null, failures = failures + 1, due_at = ?,
        run_warnings = ?, group_id = null, group_ticks = null, group_boot = null,
        last_event = last_event + 1
      where id = ? and attempt = ? and status = 'running'\s"""
          + Updated.RETURNING;
  private static final String JOIN =
      "update job set joined = ?, due_at = null where id = ? and status = 'queued'";
  private static final String FINISH =
      """
      update job set status = ?, reason = ?, message = ?, returned_at = ?, finished_at = ?, return_code = ?,
        fraction = ?, progress = ?, result_type = ?, result_file = ?, result_text = ?,
        run_warnings = case status when 'queued' then run_warnings else ? end,
        last_event = last_event + 1
      where id = ? and attempt = ?
        and (status in ('running', 'cancelling') or status = 'queued' and ? = 'cancelled')\s"""
          + Updated.RETURNING;
  private static final String REMEMBER =
      """
      insert into purged (id, owner, purged_at)
      select id, owner, ? from job where id = ? and finished_at is not null""";
  private static final String PURGE = "delete from job where id = ?";

  private final Statements statements;
  private final EventFacts events;
  private final AcceptedJobs accepted;
  private final KeptFacts kept;
  private final Clock clock;

  JobFacts(Statements statements, KeptFacts kept, Clock clock) {
    this.kept = kept;
    this.statements = statements;
    this.events = new EventFacts(statements);
    this.accepted = new AcceptedJobs(statements);
    this.clock = clock;
  }

  /** Writes one fact; empty when it does not follow from what is there, and nothing was written. */
  Optional<List<Event>> write(Fact.OfJob fact) throws SQLException {
    return switch (fact) {
      case Accepted acceptance -> accepted.write(acceptance);
      case Started(JobId id, int attempt, Instant at) ->
          moved(id, at, Status.RUNNING, null, START, attempt, at, id, attempt);
      case Spawned(JobId id, int attempt, ProcessGroup group) ->
          unseen(
              statements.update(
                  SPAWN, group.id(), group.startTicks(), group.bootId(), id, attempt));
      case Reported(JobId id, int attempt, Instant at, List<What> what) ->
          seen(id, at, what, REPORT, what.size(), id, attempt);
      case CancelAsked(JobId id, Reason reason, Instant at) -> ask(id, reason, at);
      case HandedBack(JobId id, int attempt, Instant at) ->
          moved(id, at, Status.QUEUED, Reason.SERVER_STOPPED, WAIT_AGAIN, 0, id, attempt);
      case Crashed(JobId id, int attempt, Instant at) ->
          moved(id, at, Status.QUEUED, Reason.CRASHED, WAIT_AGAIN, 1, id, attempt);
      case Retried retried -> retry(retried);
      case Joined(JobId id, long place) -> unseen(statements.update(JOIN, place, id));
      case Finished finished -> finish(finished);
      case Purged(JobId id) ->
          unseen(statements.update(REMEMBER, clock.instant(), id) && statements.update(PURGE, id));
      case Fact.OfEnded ofEnded -> unseen(kept.write(ofEnded));
    };
  }

  /** Of a fact of which clients see nothing. */
  static Optional<List<Event>> unseen(boolean written) {
    return written ? Optional.of(List.of()) : Optional.empty();
  }

  private Optional<List<Event>> moved(
      JobId id,
      Instant at,
      Status status,
      @Nullable Reason reason,
      String sql,
      @Nullable Object... values)
      throws SQLException {
    @Nullable Updated job = statements.returning(Updated::of, sql, values).orElse(null);
    return job == null
        ? Optional.empty()
        : Optional.of(
            events.add(job, id, at, List.of(new StatusChanged(status, reason, job.attempt()))));
  }

  private Optional<List<Event>> seen(
      JobId id, Instant at, List<? extends What> what, String sql, @Nullable Object... values)
      throws SQLException {
    @Nullable Updated job = statements.returning(Updated::of, sql, values).orElse(null);
    return job == null ? Optional.empty() : Optional.of(events.add(job, id, at, what));
  }

  private Optional<List<Event>> ask(JobId id, Reason reason, Instant at) throws SQLException {
    Optional<List<Event>> first = moved(id, at, Status.CANCELLING, reason, ASK, reason.word(), id);
    return first.isPresent() ? first : unseen(statements.update(ASK_AGAIN, id));
  }

  private Optional<List<Event>> retry(Retried fact) throws SQLException {
    return moved(
        fact.id(),
        fact.at(),
        Status.QUEUED,
        fact.failure().reason(),
        RETRY,
        fact.dueAt(),
        Json.write(fact.warnings()),
        fact.id(),
        fact.attempt());
  }

  private Optional<List<Event>> finish(Finished fact) throws SQLException {
    Outcome outcome = fact.outcome();
    @Nullable Reason reason = outcome.reason();
    @Nullable Progress progress = fact.progress();
    @Nullable Result result =
        outcome instanceof Succeeded success ? success.answer().result() : null;
    return seen(
        fact.id(),
        fact.at(),
        List.of(new Ended()),
        FINISH,
        outcome.status().word(),
        reason == null ? null : reason.word(),
        outcome.message(),
        fact.returnedAt(),
        fact.at(),
        outcome.returnCode(),
        progress == null ? null : progress.fraction(),
        progress == null ? null : progress.message(),
        result == null ? null : result.mediaType(),
        result == null ? null : result.file(),
        result == null ? null : result.text(),
        Json.write(fact.warnings()),
        fact.id(),
        fact.attempt(),
        outcome.status().word());
  }
}
