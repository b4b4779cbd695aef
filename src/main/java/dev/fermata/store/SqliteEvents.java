package dev.fermata.store;

import dev.fermata.job.Event;
import dev.fermata.job.JobId;
import dev.fermata.journal.Events;
import java.util.List;

/** The events in the SQLite file, as committed. */
public final class SqliteEvents implements Events {

  private final Database database;

  public SqliteEvents(Database database) {
    this.database = database;
  }

  @Override
  public List<Event> after(JobId job, long after, int limit) {
    return database.read(
        sql ->
            sql.sql(EventRows.AFTER)
                .param("job", job.toString())
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> EventRows.event(job, row))
                .list());
  }
}
