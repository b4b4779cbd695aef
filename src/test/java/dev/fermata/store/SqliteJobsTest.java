package dev.fermata.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Event;
import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import dev.fermata.journal.Jobs.Filter;
import dev.fermata.journal.JobsContract;
import dev.fermata.journal.Storage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs in a real SQLite file. */
class SqliteJobsTest extends JobsContract {

  @TempDir private Path directory;

  @Override
  protected Storage open(Consumer<List<Event>> visible) {
    return SqliteStorage.open(directory, visible);
  }

  private SqliteStorage sqlite() {
    return (SqliteStorage) storage();
  }

  @Test
  void jobsOfASessionAreFoundWithoutLookingAtOthers() throws SQLException {
    var talk = new SessionId(new Owner("alice"), "talk");
    var where = new Where(new Filter(Set.of(), null, null, talk, null));
    String page = "select id from job where " + where + " and seq < 9 order by seq desc limit 3";
    String unfinished =
        "select id from job where finished_at is null and " + where + " order by seq";

    assertThat(sqlite().plan(page))
        .containsExactly("SEARCH job USING INDEX job_of_session (session=? AND seq<?)");
    assertThat(sqlite().plan(unfinished))
        .containsExactly("SEARCH job USING INDEX job_of_session_unfinished (session=?)");
  }

  @Test
  void jobsOfAnOwnerAreFoundWithoutLookingAtOthers() throws SQLException {
    var alice = new Filter(Set.of(), null, null, null, new Owner("alice"));
    String page = "select id from job where " + new Where(alice).before(9) + " order by seq desc";
    String unfinished =
        "select id from job where finished_at is null and " + new Where(alice) + " order by seq";

    assertThat(sqlite().plan(page))
        .containsExactly("SEARCH job USING INDEX job_of_owner (owner=? AND seq<?)");
    assertThat(sqlite().plan(unfinished)).containsExactly("SCAN job USING INDEX job_unfinished");
  }
}
