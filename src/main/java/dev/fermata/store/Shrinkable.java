package dev.fermata.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * Makes an SQLite file one that gives room back while it is used. SQLite wants to be told so before
 * the first table; a file from before that is written anew, unless that would take too long.
 */
final class Shrinkable {

  private static final Logger log = LoggerFactory.getLogger(Shrinkable.class);

  private static final int INCREMENTAL = 2;

  /** Some seconds on an ordinary disk. */
  private static final DataSize MOST_TO_REWRITE = DataSize.ofGigabytes(1);

  private Shrinkable() {}

  /** Whether it is one already. */
  static boolean is(Path file) {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("pragma auto_vacuum")) {
      return row.next() && row.getInt(1) == INCREMENTAL;
    } catch (SQLException e) {
      return false;
    }
  }

  /** To be called for one that isn't, before anybody else opens the file. */
  static void make(Path file) {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      if (file.toFile().length() <= MOST_TO_REWRITE.toBytes()) {
        statement.executeUpdate("pragma auto_vacuum = incremental");
        statement.executeUpdate("vacuum");
      } else {
        log.warn(
            "{} never becomes smaller: stop the server and run sqlite3 {} 'pragma auto_vacuum ="
                + " incremental; vacuum' once, with as much room on the disk as the file takes",
            file,
            file);
      }
    } catch (SQLException e) {
      log.warn("{} could not be made one that becomes smaller: {}", file, e.getMessage());
    }
  }

  private static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }
}
