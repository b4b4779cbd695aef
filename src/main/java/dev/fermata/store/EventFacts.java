package dev.fermata.store;

import dev.fermata.job.Event;
import dev.fermata.job.Event.What;
import dev.fermata.job.JobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Numbers and writes what clients see of a job, in the transaction in which it happens. */
final class EventFacts {

  /**
   * What an update made of a job.
   *
   * @param lastEvent the number of its last event, those counted that come with the update
   */
  record Updated(long seq, int attempt, long lastEvent) {

    /** The end of an update that {@link #of} reads. */
    static final String RETURNING = "returning seq, attempt, last_event";

    static Updated of(ResultSet row) throws SQLException {
      return new Updated(row.getLong(1), row.getInt(2), row.getLong(3));
    }
  }

  private final Statements statements;

  EventFacts(Statements statements) {
    this.statements = statements;
  }

  /** Writes the events that came with an update. */
  List<Event> add(Updated job, JobId id, Instant at, List<? extends What> what)
      throws SQLException {
    long before = job.lastEvent() - what.size();
    List<Event> events =
        IntStream.range(0, what.size())
            .mapToObj(i -> new Event(id, before + 1 + i, at, what.get(i)))
            .toList();
    statements.batch(
        EventRows.INSERT,
        events.stream().map(event -> EventRows.values(job.seq(), event)).toList());
    return events;
  }
}
