package dev.fermata.store;

import dev.fermata.job.Event;
import dev.fermata.job.Fact;
import dev.fermata.journal.JournalUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches, each as one transaction that is on disk when it returns. A connection that failed
 * is given up and opened anew for the next batch. Belongs to the journal's thread.
 */
final class Transactions implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Transactions.class);

  private final Database database;
  private final Clock clock;
  private @Nullable Connection connection;
  private @Nullable Facts facts;

  Transactions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Stores a batch.
   *
   * @return what became of each, in order
   * @throws JournalUnavailable when nothing of the batch was stored
   */
  List<Written> write(List<Append> batch) {
    try {
      if (connection == null || facts == null) {
        connection = database.writer();
        facts = new Facts(connection, clock);
      }
      List<Written> written = write(batch, connection, facts);
      connection.commit();
      return written;
    } catch (SQLException | RuntimeException | Error e) {
      close();
      throw new JournalUnavailable("The journal can't store anything: " + e.getMessage(), e);
    }
  }

  private static List<Written> write(List<Append> batch, Connection connection, Facts facts)
      throws SQLException {
    var written = new ArrayList<Written>();
    for (Append append : batch) {
      written.add(new Written(append, writeTogether(append.facts(), connection, facts)));
    }
    return written;
  }

  /** All of the facts or none; empty when one of them is stale. */
  private static Optional<List<Event>> writeTogether(
      List<? extends Fact> together, Connection connection, Facts facts) throws SQLException {
    if (together.isEmpty()) {
      facts.pulse();
      return Optional.of(List.of());
    }
    if (together.size() == 1 && !Facts.hasParts(together.getFirst())) {
      return facts.write(together.getFirst());
    }
    Savepoint before = connection.setSavepoint();
    var events = new ArrayList<Event>();
    for (Fact fact : together) {
      Optional<List<Event>> more = facts.write(fact);
      if (more.isEmpty()) {
        connection.rollback(before);
        return more;
      }
      events.addAll(more.get());
    }
    connection.releaseSavepoint(before);
    return Optional.of(events);
  }

  @Override
  public void close() {
    @Nullable Connection last = connection;
    connection = null;
    facts = null;
    try {
      if (last != null) {
        last.close();
      }
    } catch (SQLException e) {
      log.debug("A connection that failed could not be closed properly", e);
    }
  }
}
