package dev.fermata.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * A look at every page of a database file, on a thread of its own, before anything is written to
 * it. Safe for use by many threads.
 */
final class Inspection {

  /** Every page is read once; what is wrong with the first bad one is enough. */
  private static final String CHECK = "pragma quick_check(1)";

  private final CompletableFuture<Void> over;

  private Inspection(CompletableFuture<Void> over) {
    this.over = over;
  }

  /**
   * Begins to look at a file, which need not be there yet.
   *
   * @throws DatabaseUnusable when it can't be opened
   */
  static Inspection begin(DataSource source, Path file) {
    try {
      Connection connection = source.getConnection(); // before any other, which it would lock out
      return new Inspection(
          CompletableFuture.runAsync(
              () -> inspect(connection, file),
              Thread.ofPlatform().daemon().name("inspection")::start));
    } catch (SQLException e) {
      throw unusable(file, e);
    }
  }

  /**
   * Waits for the end of the look, and does nothing when the file is whole.
   *
   * @throws DatabaseUnusable when it is damaged or can't be read
   */
  void requireSound() {
    try {
      over.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof DatabaseUnusable unusable ? unusable : e;
    }
  }

  /** Waits for the end of the look, whatever was found. */
  void end() {
    over.handle((nothing, failure) -> failure).join();
  }

  /** Does something with the file; if it fails where the file is damaged, says so instead. */
  <T> T guard(Supplier<T> read) {
    try {
      return read.get();
    } catch (RuntimeException e) {
      requireSound();
      throw e;
    }
  }

  private static void inspect(Connection connection, Path file) {
    try (connection;
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(CHECK)) {
      String found = rows.getString(1);
      if (!found.equals("ok")) {
        throw damaged(file, found.replaceAll("\\s+", " "), null);
      }
    } catch (SQLException e) {
      throw unusable(file, e);
    }
  }

  private static DatabaseUnusable unusable(Path file, SQLException e) {
    return isDamage(e)
        ? damaged(file, String.valueOf(e.getMessage()), e)
        : new DatabaseUnusable(file, "it can't be opened (" + e.getMessage() + ")", e);
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
            + " read of it, if your sqlite3 has .recover: sqlite3 "
            + file.getFileName()
            + " .recover | sqlite3 saved.db",
        cause);
  }

  /**
   * Does nothing when this version knows the schema of the file.
   *
   * @throws DatabaseUnusable when a newer version wrote it
   */
  static void requireKnown(MigrationInfoService migrations, Path file) {
    @Nullable MigrationInfo current = migrations.current();
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
