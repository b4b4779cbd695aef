package dev.fermata.store;

import dev.fermata.job.Fact;
import dev.fermata.journal.JournalUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
   * @return those of it that are stale, of which nothing was written
   * @throws JournalUnavailable when nothing of the batch was stored
   */
  List<Append> write(List<Append> batch) {
    try {
      if (connection == null || facts == null) {
        connection = database.writer();
        facts = new Facts(connection, clock);
      }
      List<Append> stale = write(batch, connection, facts);
      connection.commit();
      return stale;
    } catch (SQLException | RuntimeException | Error e) {
      close();
      throw new JournalUnavailable("The journal can't store anything: " + e.getMessage(), e);
    }
  }

  private static List<Append> write(List<Append> batch, Connection connection, Facts facts)
      throws SQLException {
    var stale = new ArrayList<Append>();
    for (Append append : batch) {
      if (!writeTogether(append.facts(), connection, facts)) {
        stale.add(append);
      }
    }
    return stale;
  }

  /** All of the facts or none; false when one of them is stale. */
  private static boolean writeTogether(
      List<? extends Fact> together, Connection connection, Facts facts) throws SQLException {
    if (together.isEmpty()) {
      facts.pulse();
      return true;
    }
    if (together.size() == 1) {
      return facts.write(together.getFirst());
    }
    Savepoint before = connection.setSavepoint();
    for (Fact fact : together) {
      if (!facts.write(fact)) {
        connection.rollback(before);
        return false;
      }
    }
    connection.releaseSavepoint(before);
    return true;
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
