package dev.fermata.store;

import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.Jobs;
import dev.fermata.journal.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The jobs in the SQLite file, as committed. */
public final class SqliteJobs implements Jobs {

  private final Database database;

  public SqliteJobs(Database database) {
    this.database = database;
  }

  @Override
  public Optional<JobRecord> find(JobId id) {
    return database.read(
        sql ->
            sql.sql("select * from job join input using (seq) where id = ?")
                .param(id.toString())
                .query(Rows::whole)
                .optional());
  }

  @Override
  public List<JobRecord> findAll(List<JobId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<JobId, JobRecord> found =
        database.read(
            sql ->
                sql
                    .sql("select " + Rows.SUMMARY + " from job where id in (:ids)")
                    .param("ids", ids.stream().map(JobId::toString).toList())
                    .query(Rows::summary)
                    .list() // a stream would keep its connection
                    .stream()
                    .collect(Collectors.toMap(record -> record.job().id(), Function.identity())));
    return ids.stream().filter(found::containsKey).map(found::get).toList();
  }

  @Override
  public List<JobRecord> page(Filter filter, long before, int limit) {
    var where = new Where(filter).before(before);
    return database.read(
        sql ->
            sql.sql(
                    "select %s from job where %s order by seq desc limit %d"
                        .formatted(Rows.SUMMARY, where, limit))
                .params(where.values())
                .query(Rows::summary)
                .list());
  }

  @Override
  public List<JobId> unfinished(Filter filter) {
    var where = new Where(filter);
    return database.read(
        sql ->
            sql.sql(
                    "select id from job where finished_at is null and %s order by seq"
                        .formatted(where))
                .params(where.values())
                .query((row, n) -> new JobId(UUID.fromString(row.getString("id"))))
                .list());
  }

  @Override
  public int countUnfinished(Filter filter) {
    var where = new Where(filter);
    return database.read(
        sql ->
            sql.sql("select count(*) from job where finished_at is null and " + where)
                .params(where.values())
                .query(Integer.class)
                .single());
  }

  @Override
  public List<Tally> tallies(Owner owner, Instant since) {
    return database.read(
        sql ->
            sql.sql(
                    """
                    select finished_at / 60000 * 60000 as minute, status, count(*) as jobs, count(started_at) as started,
                      cast(avg(started_at - submitted_at) as integer) as queue_wait,
                      cast(avg(coalesce(returned_at, finished_at) - started_at) as integer) as run
                    from job where finished_at >= ? and owner = ?
                    group by minute, status order by minute, status""")
                .params(since.toEpochMilli(), owner.name())
                .query((row, n) -> Rows.tally(row))
                .list());
  }

  @Override
  public Optional<Owner> purged(JobId id) {
    return database.read(
        sql ->
            sql.sql("select owner from purged where id = ?")
                .param(id.toString())
                .query((row, n) -> Rows.owner(row))
                .optional());
  }
}
