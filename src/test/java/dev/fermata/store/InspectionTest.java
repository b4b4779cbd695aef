package dev.fermata.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that this server can't answer for is refused as it is, in words. */
class InspectionTest {

  private static final int PAGE = 4096;

  @TempDir private Path directory;
  private Path file = Path.of("fermata.db");

  @BeforeEach
  void makeFile() {
    file = directory.resolve("fermata.db");
    Database.open(file).close();
  }

  @Test
  void fileThatIsWholeIsOpened() {
    open();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "job",
        "job_finished",
        "event",
        "job_joined",
        "sqlite_sequence",
        "sqlite_autoindex_session_1"
      })
  void damagedPageIsFoundWhereverItIs(String name) throws Exception {
    overwrite((rootPage(name) - 1) * PAGE);

    assertRefused("is damaged");
  }

  @Test
  void fileThatIsNoDatabaseIsRefused() throws Exception {
    overwrite(0);

    assertRefused("is damaged");
  }

  @Test
  void fileOfANewerVersionIsRefused() throws Exception {
    try (Connection connection = SqliteStorage.connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into flyway_schema_history (installed_rank, version, description, type, script,
            installed_by, execution_time, success)
          values (99, '999', 'later', 'SQL', 'V999__later.sql', '', 0, 1)""");
    }

    assertRefused("schema 999");
  }

  private void assertRefused(String why) throws IOException {
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(this::open)
        .isInstanceOf(DatabaseUnusable.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
    assertThat(file).hasBinaryContent(before);
  }

  /** Reads what a start reads before it writes. */
  private void open() {
    try (Database database = Database.open(file);
        var journal = new SqliteJournal(database, SqliteStorage.CLOCK, events -> {})) {
      journal.lastSeq();
      journal.replay(job -> {});
    }
  }

  private void overwrite(long at) throws IOException {
    byte[] garbage = new byte[PAGE];
    Arrays.fill(garbage, (byte) 0xDE);
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      bytes.write(garbage);
    }
  }

  private long rootPage(String name) throws SQLException {
    try (Connection connection = SqliteStorage.connect(file);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select rootpage from sqlite_master where name = '" + name + "'")) {
      return row.getLong(1);
    }
  }
}
