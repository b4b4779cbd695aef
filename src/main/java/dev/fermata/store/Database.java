package dev.fermata.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.fermata.journal.JournalUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.output.MigrateResult;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The SQLite file: one connection writes, a few read what is committed. */
public final class Database implements AutoCloseable {

  private static final int READERS = 4;

  /** What the write-ahead log may take once its pages are in the file. */
  private static final DataSize MOST_LOG = DataSize.ofMegabytes(16);

  private final Path log;
  private final SQLiteDataSource writable;
  private final HikariDataSource readers;
  private final Inspection inspection;
  private final JdbcClient sql;

  private Database(
      Path file, SQLiteDataSource writable, HikariDataSource readers, Inspection inspection) {
    this.log = file.resolveSibling(file.getFileName() + "-wal");
    this.writable = writable;
    this.readers = readers;
    this.inspection = inspection;
    this.sql = JdbcClient.create(readers);
  }

  /**
   * Opens the file, makes it if there is none, and brings its schema up to date. Whether it is
   * whole is known when {@link #requireSound} returns, and before anything is written here.
   *
   * @throws DatabaseUnusable when it is damaged, or a newer version's; it is left as it was
   */
  public static Database open(Path file) {
    SQLiteDataSource writable = source(file);
    Inspection inspection = Inspection.begin(writable, file);
    inspection.guard(() -> bringUpToDate(writable, file, inspection));
    return new Database(file, writable, readers(file), inspection);
  }

  private static MigrateResult bringUpToDate(DataSource source, Path file, Inspection inspection) {
    Flyway flyway =
        Flyway.configure().dataSource(source).locations("classpath:db/migration").load();
    MigrationInfoService migrations = flyway.info();
    Inspection.requireKnown(migrations, file);
    if (migrations.pending().length > 0 || !Shrinkable.is(file)) {
      inspection.requireSound();
      Shrinkable.make(file);
    }
    return flyway.migrate();
  }

  /**
   * Waits until every page was read once. Before that nothing may be written.
   *
   * @throws DatabaseUnusable when the file is damaged
   */
  void requireSound() {
    inspection.requireSound();
  }

  /** Reads something at the start; if it fails where the file is damaged, says so instead. */
  <T> T guard(Supplier<T> read) {
    return inspection.guard(read);
  }

  /** For the one that writes: every commit is on disk when it returns. */
  Connection writer() throws SQLException {
    Connection connection = writable.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  /** For those that read. */
  public DataSource readers() {
    return readers;
  }

  /**
   * What is committed.
   *
   * @throws JournalUnavailable when nothing can be read now
   */
  <T> T read(Function<JdbcClient, T> query) {
    try {
      return query.apply(sql);
    } catch (DataAccessException e) {
      throw new JournalUnavailable("The journal can't be read: " + e.getMessage(), e);
    }
  }

  /** What the write-ahead log takes on the disk beyond what it has in any case. */
  long logOverflow() {
    return Math.max(0, log.toFile().length() - MOST_LOG.toBytes());
  }

  @Override
  public void close() {
    inspection.end();
    readers.close();
  }

  private static SQLiteDataSource source(Path file) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalSizeLimit((int) MOST_LOG.toBytes());
    config.setBusyTimeout((int) Duration.ofSeconds(10).toMillis());
    config.enforceForeignKeys(true);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static HikariDataSource readers(Path file) {
    var pool = new HikariDataSource();
    pool.setDataSource(source(file));
    pool.setPoolName("readers");
    pool.setConnectionInitSql("pragma query_only = on");
    pool.setMaximumPoolSize(READERS);
    return pool;
  }
}
