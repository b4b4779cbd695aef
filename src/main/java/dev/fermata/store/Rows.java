package dev.fermata.store;

import dev.fermata.job.CommitPolicy;
import dev.fermata.job.CommitPolicy.Turn;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Owner;
import dev.fermata.job.Progress;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import dev.fermata.job.Submission;
import dev.fermata.job.Traceparent;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of the table {@code job} back into records. */
final class Rows {

  /** All columns but the ones that can be long. */
  static final String SUMMARY =
      """
      seq, id, kind, lane, status, reason, message, attempt, submitted_at, started_at, \
      returned_at, finished_at, timeout, return_code, fraction, progress, warnings, run_warnings, session, on_cancel, \
      on_failure, on_disconnect, disconnect_grace, owner, max_attempts, failures, not_before, \
      traceparent, files_removed_at, last_event""";

  /** What {@code on_disconnect} says of a job that is cancelled then. */
  static final String CANCEL = "cancel";

  private Rows() {}

  static JobRecord summary(ResultSet row, int number) throws SQLException {
    return record(row, Map.of(), null);
  }

  static JobRecord whole(ResultSet row, int number) throws SQLException {
    return record(row, Json.map(row.getString("fields")), result(row));
  }

  private static JobRecord record(
      ResultSet row, Map<String, String> inputs, @Nullable Result result) throws SQLException {
    return new JobRecord(
        job(row, inputs),
        Status.of(row.getString("status")).orElseThrow(),
        Optional.ofNullable(row.getString("reason")).map(Reason::of).orElse(null),
        row.getString("message"),
        row.getInt("attempt"),
        row.getInt("failures"),
        instant(row, "started_at"),
        instant(row, "returned_at"),
        instant(row, "finished_at"),
        number(row, "return_code"),
        progress(row),
        result,
        warnings(row),
        instant(row, "files_removed_at"),
        row.getLong("last_event"));
  }

  private static Job job(ResultSet row, Map<String, String> inputs) throws SQLException {
    var submission =
        new Submission(
            owner(row),
            row.getString("kind"),
            row.getString("lane"),
            session(row),
            inputs,
            duration(row, "timeout"),
            policy(row),
            onDisconnect(row),
            Objects.requireNonNullElse(number(row, "max_attempts"), 1),
            instant(row, "not_before"),
            Optional.ofNullable(row.getString("traceparent"))
                .flatMap(Traceparent::parse)
                .orElse(null),
            Json.list(row.getString("warnings")));
    return new Job(
        new JobId(UUID.fromString(row.getString("id"))),
        row.getLong("seq"),
        submission,
        Instant.ofEpochMilli(row.getLong("submitted_at")));
  }

  static Owner owner(ResultSet row) throws SQLException {
    return new Owner(row.getString("owner"));
  }

  /** The one that the column {@code session} names; null for none. */
  static @Nullable SessionId session(ResultSet row) throws SQLException {
    @Nullable String name = row.getString("session");
    return name == null ? null : new SessionId(owner(row), name);
  }

  static Tally tally(ResultSet row) throws SQLException {
    return new Tally(
        Instant.ofEpochMilli(row.getLong("minute")),
        Status.of(row.getString("status")).orElseThrow(),
        row.getLong("jobs"),
        row.getLong("started"),
        duration(row, "queue_wait"),
        duration(row, "run"));
  }

  private static CommitPolicy policy(ResultSet row) throws SQLException {
    return new CommitPolicy(
        turn(row.getString("on_cancel"), CommitPolicy.DEFAULT.onCancel()),
        turn(row.getString("on_failure"), CommitPolicy.DEFAULT.onFailure()));
  }

  private static Turn turn(@Nullable String chosen, Turn otherwise) {
    return chosen == null ? otherwise : Turn.valueOf(chosen.toUpperCase(Locale.ROOT));
  }

  private static OnDisconnect onDisconnect(ResultSet row) throws SQLException {
    return new OnDisconnect(
        CANCEL.equals(row.getString("on_disconnect")),
        Objects.requireNonNullElse(duration(row, "disconnect_grace"), OnDisconnect.DEFAULT_GRACE));
  }

  private static List<String> warnings(ResultSet row) throws SQLException {
    var all = new ArrayList<>(Json.list(row.getString("warnings")));
    all.addAll(Json.list(row.getString("run_warnings")));
    return all;
  }

  private static @Nullable Progress progress(ResultSet row) throws SQLException {
    double fraction = row.getDouble("fraction");
    @Nullable Double known = row.wasNull() ? null : fraction;
    @Nullable String message = row.getString("progress");
    return known == null && message == null ? null : new Progress(known, message);
  }

  private static @Nullable Result result(ResultSet row) throws SQLException {
    @Nullable String type = row.getString("result_type");
    return type == null
        ? null
        : new Result(type, row.getString("result_text"), row.getString("result_file"));
  }

  private static @Nullable Duration duration(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(millis(row, column)).map(Duration::ofMillis).orElse(null);
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(millis(row, column)).map(Instant::ofEpochMilli).orElse(null);
  }

  private static @Nullable Long millis(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  private static @Nullable Integer number(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }
}
