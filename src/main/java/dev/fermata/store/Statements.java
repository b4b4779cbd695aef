package dev.fermata.store;

import dev.fermata.job.JobId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements of one connection, each prepared once; they close with it. */
final class Statements {

  /** Reads the row that a result stands on. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** Whether it changed one row. */
  boolean update(String sql, @Nullable Object... values) throws SQLException {
    return filled(sql, values).executeUpdate() == 1;
  }

  /** The row that an {@code update} or {@code insert} returns; empty when it changed none. */
  <T> Optional<T> returning(Row<T> reader, String sql, @Nullable Object... values)
      throws SQLException {
    try (ResultSet row = filled(sql, values).executeQuery()) {
      return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
    }
  }

  /** Runs to its end what a prepared statement would leave after its first step. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Runs it once for each of the rows. */
  void batch(String sql, List<@Nullable Object[]> rows) throws SQLException {
    PreparedStatement statement = prepared(sql);
    for (@Nullable Object[] row : rows) {
      fill(statement, row);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  private PreparedStatement filled(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared(sql);
    fill(statement, values);
    return statement;
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  private static void fill(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, column(values[i]));
    }
  }

  private static @Nullable Object column(@Nullable Object value) {
    return switch (value) {
      case Instant at -> at.toEpochMilli();
      case Duration duration -> duration.toMillis();
      case JobId id -> id.toString();
      case null, default -> value;
    };
  }
}
