package dev.fermata.store;

import dev.fermata.job.Event;
import dev.fermata.journal.Events;
import dev.fermata.journal.Jobs;
import dev.fermata.journal.Kept;
import dev.fermata.journal.Sample;
import dev.fermata.journal.Storage;
import dev.fermata.journal.UsedKeys;
import dev.fermata.session.Sessions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All in a real SQLite file, and a look into it past the journal. */
record SqliteStorage(Path file, Database database, SqliteJournal journal) implements Storage {

  static final Clock CLOCK = Clock.fixed(Sample.NOON, ZoneOffset.UTC);

  static SqliteStorage open(Path directory, Consumer<List<Event>> visible) {
    Path file = directory.resolve("fermata.db");
    Database database = Database.open(file);
    return new SqliteStorage(file, database, new SqliteJournal(database, CLOCK, visible));
  }

  @Override
  public Jobs jobs() {
    return new SqliteJobs(database);
  }

  @Override
  public Events events() {
    return new SqliteEvents(database);
  }

  @Override
  public Sessions sessions() {
    return new SqliteSessions(database);
  }

  @Override
  public UsedKeys keys() {
    return new SqliteUsedKeys(database);
  }

  @Override
  public Kept kept() {
    return new SqliteKept(database);
  }

  Connection connect() throws SQLException {
    return connect(file);
  }

  static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("pragma legacy_alter_table = on");
      statement.execute(sql);
    }
  }

  /** How SQLite goes about a query, one line for each step. */
  List<String> plan(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("explain query plan " + query)) {
      var steps = new ArrayList<String>();
      while (row.next()) {
        steps.add(row.getString("detail"));
      }
      return steps;
    }
  }

  /** The first column of the first row. */
  static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  static long number(Connection connection, String sql) throws SQLException {
    return Long.parseLong(text(connection, sql));
  }

  @Override
  public void close() {
    journal.close();
    database.close();
  }
}
