package dev.fermata.store;

import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Reason;
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

  private static final String IN_ORDER =
      """
      select seq, id, kind, lane, owner, session, status, reason, attempt, crashes, submitted_at,
        group_id, group_ticks, group_boot, due_at, coalesce(place, seq * %1$d) as turn,
        coalesce(joined, place, seq * %1$d) as place_now
      from job where finished_at is null order by place_now"""
          .formatted(Job.place(1));

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
    return new Unfinished(
        new JobId(UUID.fromString(row.getString("id"))),
        row.getLong("seq"),
        row.getLong("turn"),
        row.getLong("place_now"),
        row.getString("kind"),
        row.getString("lane"),
        Rows.owner(row),
        Rows.session(row),
        Status.of(row.getString("status")).orElseThrow(),
        row.getInt("attempt"),
        row.getInt("crashes"),
        Instant.ofEpochMilli(row.getLong("submitted_at")),
        group(row),
        Optional.ofNullable(row.getString("reason")).map(Reason::of).orElse(null),
        Rows.instant(row, "due_at"));
  }

  private static @Nullable ProcessGroup group(ResultSet row) throws SQLException {
    @Nullable String boot = row.getString("group_boot");
    return boot == null
        ? null
        : new ProcessGroup(row.getLong("group_id"), row.getLong("group_ticks"), boot);
  }
}
