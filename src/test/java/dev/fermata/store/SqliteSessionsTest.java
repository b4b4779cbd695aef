package dev.fermata.store;

import static dev.fermata.journal.Sample.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Event;
import dev.fermata.job.Fact.MetaReplaced;
import dev.fermata.journal.Sample;
import dev.fermata.journal.Storage;
import dev.fermata.session.Message;
import dev.fermata.session.SessionsContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sessions in a real SQLite file. */
class SqliteSessionsTest extends SessionsContract {

  @TempDir private Path directory;

  @Override
  protected Storage open(Consumer<List<Event>> visible) {
    return SqliteStorage.open(directory, visible);
  }

  private SqliteStorage sqlite() {
    return (SqliteStorage) storage();
  }

  @Test
  void newestOfALongHistoryAreReadAlone() throws SQLException {
    store(new MetaReplaced(session("talk"), "{}", Sample.NOON));
    sqlite()
        .execute(
            """
        insert into message (session, idx, role, content, at, job, outcome)
        with recursive counted (n) as (select 0 union all select n + 1 from counted where n < 99999)
        select 1, n, 'user', 'message ' || n, 0, '%s', 'succeeded' from counted"""
                .formatted(Sample.id(1)));

    assertThat(sessions().messages(session("talk"), Long.MAX_VALUE, 30))
        .extracting(Message::index)
        .isEqualTo(LongStream.range(99_970, 100_000).boxed().toList());
    assertThat(sqlite().plan(SqliteSessions.NEWEST))
        .contains("SEARCH message USING PRIMARY KEY (session=? AND idx<?)")
        .noneMatch(step -> step.contains("SCAN") || step.contains("TEMP B-TREE"));
  }
}
