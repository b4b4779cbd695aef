package dev.fermata.store;

import static dev.fermata.journal.Sample.job;
import static dev.fermata.journal.Sample.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Event.Chunk;
import dev.fermata.job.Event.What;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.Purged;
import dev.fermata.job.Fact.Reported;
import dev.fermata.job.Fact.Shrunk;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.Job;
import dev.fermata.journal.Kept;
import dev.fermata.journal.Sample;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal's file becomes smaller while it is used, in steps of a size that is asked for. */
class ShrinkableTest {

  private static final int JOBS = 50;
  private static final int STEP = 100;

  @TempDir private Path directory;

  @Test
  void roomOfRemovedJobsGoesBackStepByStep() {
    try (var storage = SqliteStorage.open(directory, events -> {})) {
      fill(storage);
      Kept.Usage before = storage.kept().usage();
      for (int seq = 1; seq <= JOBS; seq++) {
        store(storage, new Purged(Sample.id(seq)));
      }
      long page = 4096;
      long unused = storage.kept().usage().unused();
      assertThat(unused).isGreaterThan(20 * STEP * page);

      store(storage, new Shrunk(STEP));
      assertThat(storage.kept().usage().unused()).isEqualTo(unused - STEP * page);

      store(storage, new Accepted(job(JOBS + 1)), new Shrunk(STEP));
      while (storage.kept().usage().unused() > 0) {
        store(storage, new Shrunk(STEP));
      }
      assertThat(storage.jobs().find(Sample.id(JOBS + 1))).isPresent();
      storage.kept().trim();
      assertThat(directory.resolve("fermata.db").toFile().length())
          .isLessThan(before.journal() / 10);
    }
  }

  @Test
  void logStaysSmall() {
    try (var storage = SqliteStorage.open(directory, events -> {})) {
      fill(storage);
      fill(storage, JOBS + 1);

      assertThat(directory.resolve("fermata.db-wal").toFile().length()).isLessThan(40_000_000);
    }
  }

  @Test
  void fileFromBeforeIsMadeOneThatShrinksAndLosesNothing() throws SQLException {
    Path file = directory.resolve("fermata.db");
    Flyway.configure()
        .dataSource("jdbc:sqlite:" + file, null, null)
        .locations("classpath:db/migration")
        .load()
        .migrate();
    try (Connection connection = SqliteStorage.connect(file);
        Statement statement = connection.createStatement()) {
      assertThat(SqliteStorage.number(connection, "pragma auto_vacuum")).isZero();
      statement.execute("pragma journal_mode = wal");
      statement.execute("insert into purged (id, purged_at) values ('x', 1)");
    }

    try (var storage = SqliteStorage.open(directory, events -> {});
        Connection connection = storage.connect()) {
      assertThat(SqliteStorage.number(connection, "pragma auto_vacuum")).isEqualTo(2);
      assertThat(SqliteStorage.number(connection, "select count(*) from purged")).isEqualTo(1);
    }
  }

  private static void fill(SqliteStorage storage) {
    fill(storage, 1);
  }

  private static void fill(SqliteStorage storage, int first) {
    List<What> much = Collections.nCopies(10, new Chunk("stdout", "x".repeat(50_000)));
    for (int seq = first; seq < first + JOBS; seq++) {
      Job job = job(seq);
      store(
          storage,
          new Accepted(job),
          new Started(job.id(), 1, Sample.NOON),
          new Reported(job.id(), 1, Sample.NOON, much),
          succeeded(job.id(), 1));
    }
  }

  private static void store(SqliteStorage storage, Fact... facts) {
    storage.journal().append(List.of(facts), () -> {}).join();
  }
}
