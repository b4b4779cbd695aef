package dev.fermata.store;

import dev.fermata.job.JobId;
import dev.fermata.journal.Kept;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the SQLite file still has of jobs that have ended. */
public final class SqliteKept implements Kept {

  private static final String JOBS =
      """
      select id, first_event, last_event from job
      where finished_at is not null and finished_at < ? order by finished_at limit ?""";
  private static final String WITH_EVENTS =
      """
      select id, first_event, last_event from job
      where finished_at is not null and first_event < last_event and finished_at < ?
      order by finished_at limit ?""";
  private static final String WITH_FILES =
      """
      select id, bytes from job
      where finished_at is not null and bytes > 0 and finished_at < ? order by finished_at limit ?""";
  private static final String UNMEASURED =
      "select id from job where finished_at is not null and bytes is null order by seq limit ?";
  private static final String OWNERS =
      "select id from job where id in (:ids) and files_removed_at is null";
  private static final String PAGES =
      """
      select page_size, page_count, freelist_count, bytes
      from pragma_page_size, pragma_page_count, pragma_freelist_count, total""";

  private final Database database;

  public SqliteKept(Database database) {
    this.database = database;
  }

  @Override
  public List<Ended> jobs(Instant before, int limit) {
    return ended(JOBS, before, limit);
  }

  @Override
  public List<Ended> withEvents(Instant before, int limit) {
    return ended(WITH_EVENTS, before, limit);
  }

  private List<Ended> ended(String query, Instant before, int limit) {
    return database.read(
        sql ->
            sql.sql(query)
                .params(before.toEpochMilli(), limit)
                .query((row, n) -> new Ended(id(row), row.getLong(2), row.getLong(3)))
                .list());
  }

  @Override
  public List<Files> withFiles(Instant before, int limit) {
    return database.read(
        sql ->
            sql.sql(WITH_FILES)
                .params(before.toEpochMilli(), limit)
                .query((row, n) -> new Files(id(row), row.getLong(2)))
                .list());
  }

  @Override
  public List<JobId> unmeasured(int limit) {
    return database.read(sql -> sql.sql(UNMEASURED).param(limit).query((row, n) -> id(row)).list());
  }

  @Override
  public Set<JobId> owners(Collection<JobId> ids) {
    return ids.isEmpty()
        ? Set.of()
        : new HashSet<>(
            database.read(
                sql ->
                    sql.sql(OWNERS)
                        .param("ids", ids.stream().map(JobId::toString).toList())
                        .query((row, n) -> id(row))
                        .list()));
  }

  @Override
  public boolean forgettable(Instant tombstones, Instant keys) {
    return Arrays.stream(Forgettable.values())
        .anyMatch(each -> exists(each, each.limit(tombstones, keys)));
  }

  private boolean exists(Forgettable table, Instant before) {
    return database.read(
        sql -> sql.sql(table.exists()).param(before.toEpochMilli()).query(Boolean.class).single());
  }

  @Override
  public Usage usage() {
    return database.read(sql -> sql.sql(PAGES).query(this::usage).single());
  }

  /** The file is cut when all of the log is in it. */
  @Override
  public void trim() {
    database.read(
        sql -> sql.sql("pragma wal_checkpoint(passive)").query((row, n) -> row.getInt(1)).list());
  }

  private Usage usage(ResultSet row, int number) throws SQLException {
    long page = row.getLong(1);
    return new Usage(
        row.getLong(4), row.getLong(2) * page + database.logOverflow(), row.getLong(3) * page);
  }

  private static JobId id(ResultSet row) throws SQLException {
    return new JobId(UUID.fromString(row.getString(1)));
  }
}
