package dev.fermata.store;

import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.Fact.Crashed;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.Purged;
import dev.fermata.job.Fact.Spawned;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Outcome;
import dev.fermata.job.Outcome.Succeeded;
import dev.fermata.job.Progress;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.job.Submission;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes facts into the tables, each where it follows from what is there: the conditions of the
 * updates are the fence. Its statements close with the connection. Belongs to the journal's thread.
 */
final class Facts {

  private static final String ACCEPT =
      """
      insert into job (seq, id, kind, lane, status, submitted_at, timeout, warnings)
      values (?, ?, ?, ?, 'queued', ?, ?, ?)""";
  private static final String INPUT = "insert into input (seq, fields) values (?, ?)";
  private static final String START =
      """
      update job set status = 'running', attempt = ?, started_at = ?
      where id = ? and status = 'queued' and attempt = ? - 1""";
  private static final String SPAWN =
      """
      update job set group_id = ?, group_ticks = ?, group_boot = ?
      where id = ? and attempt = ? and status in ('running', 'cancelling')""";
  private static final String ASK =
      """
      update job set status = 'cancelling', reason = coalesce(reason, ?)
      where id = ? and status in ('running', 'cancelling')""";
  private static final String WAIT_AGAIN =
      """
      update job set status = 'queued', started_at = null, crashes = crashes + ?,
        group_id = null, group_ticks = null, group_boot = null
      where id = ? and attempt = ? and status = 'running'""";
  private static final String FINISH =
      """
      update job set status = ?, reason = ?, message = ?, finished_at = ?, return_code = ?,
        fraction = ?, progress = ?, run_warnings = ?, result_type = ?, result_file = ?,
        result_text = ?
      where id = ? and attempt = ? and finished_at is null""";
  private static final String PURGE = "delete from job where id = ? and finished_at is not null";
  private static final String PULSE =
      "insert into pulse (id, at) values (1, ?) on conflict (id) do update set at = excluded.at";
  private static final String REMEMBER = "insert into purged (id, purged_at) values (?, ?)";

  private final Connection connection;
  private final Clock clock;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Facts(Connection connection, Clock clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /** Writes one fact; false when it does not follow from what is there, and nothing was written. */
  boolean write(Fact fact) throws SQLException {
    return switch (fact) {
      case Accepted(Job job, long place) -> accept(job);
      case Started(JobId id, int attempt, Instant at) -> update(START, attempt, at, id, attempt);
      case Spawned(JobId id, int attempt, var group) ->
          update(SPAWN, group.id(), group.startTicks(), group.bootId(), id, attempt);
      case CancelAsked(JobId id, Reason reason, Instant at) -> update(ASK, reason.word(), id);
      case HandedBack(JobId id, int attempt, Instant at) -> update(WAIT_AGAIN, 0, id, attempt);
      case Crashed(JobId id, int attempt, Instant at) -> update(WAIT_AGAIN, 1, id, attempt);
      case Finished finished -> finish(finished);
      case Purged(JobId id) -> update(PURGE, id) && update(REMEMBER, id, clock.instant());
      case Fact.Reported reported -> true;
      case Fact.MetaReplaced replaced -> true;
      case Fact.SessionRemoved removed -> true;
    };
  }

  /** Writes something that nobody reads, to see whether the disk takes it. */
  void pulse() throws SQLException {
    update(PULSE, clock.instant());
  }

  private boolean accept(Job job) throws SQLException {
    Submission submission = job.submission();
    return update(
            ACCEPT,
            job.seq(),
            job.id(),
            submission.kind(),
            submission.lane(),
            job.submittedAt(),
            submission.timeout(),
            Json.write(submission.warnings()))
        && update(INPUT, job.seq(), Json.write(submission.inputs()));
  }

  private boolean finish(Finished fact) throws SQLException {
    Outcome outcome = fact.outcome();
    @Nullable Reason reason = outcome.reason();
    @Nullable Progress progress = fact.progress();
    @Nullable Result result =
        outcome instanceof Succeeded success ? success.answer().result() : null;
    return update(
        FINISH,
        outcome.status().word(),
        reason == null ? null : reason.word(),
        outcome.message(),
        fact.at(),
        outcome.returnCode(),
        progress == null ? null : progress.fraction(),
        progress == null ? null : progress.message(),
        Json.write(fact.warnings()),
        result == null ? null : result.mediaType(),
        result == null ? null : result.file(),
        result == null ? null : result.text(),
        fact.id(),
        fact.attempt());
  }

  private boolean update(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, column(values[i]));
    }
    return statement.executeUpdate() == 1;
  }

  private static @Nullable Object column(@Nullable Object value) {
    return switch (value) {
      case Instant at -> at.toEpochMilli();
      case Duration duration -> duration.toMillis();
      case JobId id -> id.toString();
      case null, default -> value;
    };
  }
}
