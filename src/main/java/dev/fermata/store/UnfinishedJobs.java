package dev.fermata.store;

import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import dev.fermata.journal.Unfinished;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a start reads from the journal. */
final class UnfinishedJobs {

  /** By number: a start with a million jobs looks up each column a million times. */
  private static final String IN_ORDER =
      """
      select status = 'queued', seq, id, kind, lane, owner, session, attempt, crashes,
        submitted_at, place, joined, due_at, status, reason, group_id, group_ticks, group_boot
      from job where finished_at is null order by seq""";

  private final JdbcClient sql;

  UnfinishedJobs(Database database) {
    this.sql = JdbcClient.create(database.readers());
  }

  void forEach(Consumer<Unfinished> consumer) {
    sql.sql(IN_ORDER).query((RowCallbackHandler) row -> consumer.accept(unfinished(row)));
  }

  long lastSeq() {
    long lastJob = number("select coalesce(max(seq), 0) from sqlite_sequence where name = 'job'");
    long lastPlace = number("select coalesce(max(joined), 0) from job where finished_at is null");
    return Math.max(lastJob, Job.seq(lastPlace));
  }

  private long number(String query) {
    return sql.sql(query).query(Long.class).single();
  }

  private static Unfinished unfinished(ResultSet row) throws SQLException {
    boolean queued = row.getBoolean(1);
    long seq = row.getLong(2);
    var owner = new Owner(row.getString(6));
    @Nullable String session = row.getString(7);
    long place = row.getLong(11); // 0 for null, as in the next two
    long joined = row.getLong(12);
    long due = row.getLong(13);
    long turn = place == 0 ? Job.place(seq) : place;
    return new Unfinished(
        new JobId(UUID.fromString(row.getString(3))),
        seq,
        turn,
        joined == 0 ? turn : joined,
        row.getString(4),
        row.getString(5),
        owner,
        session == null ? null : new SessionId(owner, session),
        queued ? Status.QUEUED : Status.of(row.getString(14)).orElseThrow(),
        row.getInt(8),
        row.getInt(9),
        Instant.ofEpochMilli(row.getLong(10)),
        queued ? null : group(row),
        queued ? null : Optional.ofNullable(row.getString(15)).map(Reason::of).orElse(null),
        due == 0 ? null : Instant.ofEpochMilli(due));
  }

  private static @Nullable ProcessGroup group(ResultSet row) throws SQLException {
    @Nullable String boot = row.getString(18);
    return boot == null ? null : new ProcessGroup(row.getLong(16), row.getLong(17), boot);
  }
}
