package dev.fermata.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** A look at a database file before anything is written to it. */
final class Inspection {

  /** Every page is read once; what is wrong with the first bad one is enough. */
  private static final String CHECK = "pragma quick_check(1)";

  private Inspection() {}

  /**
   * Does nothing when the file is whole, or not there yet.
   *
   * @throws DatabaseUnusable when it is damaged or can't be read
   */
  static void requireSound(DataSource source, Path file) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(CHECK)) {
      String found = rows.getString(1);
      if (!found.equals("ok")) {
        throw damaged(file, found.replaceAll("\\s+", " "), null);
      }
    } catch (SQLException e) {
      throw isDamage(e)
          ? damaged(file, String.valueOf(e.getMessage()), e)
          : new DatabaseUnusable(file, "it can't be opened (" + e.getMessage() + ")", e);
    }
  }

  private static boolean isDamage(SQLException e) {
    return e instanceof SQLiteException sqlite
        && switch (sqlite.getResultCode().code & 0xff) { // extended codes keep the first in here
          case 11, 26 -> true; // SQLITE_CORRUPT, SQLITE_NOTADB
          default -> false;
        };
  }

  private static DatabaseUnusable damaged(Path file, String found, @Nullable Throwable cause) {
    return new DatabaseUnusable(
        file,
        "it is damaged ("
            + found
            + "). Put back a copy of the data directory, or move the file away and save what can be"
            + " read of it with: sqlite3 "
            + file.getFileName()
            + " .recover",
        cause);
  }

  /**
   * Does nothing when this version knows the schema of the file.
   *
   * @throws DatabaseUnusable when a newer version wrote it
   */
  static void requireKnown(Flyway flyway, Path file) {
    @Nullable MigrationInfo current = flyway.info().current();
    if (current != null && !current.getState().isResolved()) {
      throw new DatabaseUnusable(
          file,
          "a newer version of Fermata wrote it (schema "
              + current.getVersion()
              + "), and this one does not know what that means. Start that version or a later one",
          null);
    }
  }
}
