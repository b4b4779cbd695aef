package dev.fermata.store;

import static dev.fermata.journal.Sample.NOON;
import static dev.fermata.journal.Sample.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Event;
import dev.fermata.job.Event.Ended;
import dev.fermata.job.Event.StatusChanged;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.MetaReplaced;
import dev.fermata.job.Job;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.Sample;
import dev.fermata.journal.Unfinished;
import dev.fermata.session.Message;
import dev.fermata.session.SavedSession;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that an earlier version wrote goes on with all of its jobs. */
class MigrationTest {

  @TempDir private Path directory;

  @Test
  void jobsFromBeforeThereWereEventsHaveThem() throws SQLException {
    Path file = upTo("1");
    try (Connection connection = SqliteStorage.connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute(job(1, "queued", 0, null));
      statement.execute(job(2, "running", 3, null));
      statement.execute(job(3, "succeeded", 1, 5_000L));
      statement.execute("insert into input (seq, fields) select seq, '{\"q\":\"M\"}' from job");
    }

    try (var storage = SqliteStorage.open(directory, events -> {})) {
      assertThat(events(storage, 1)).containsExactly(queued(1));
      assertThat(events(storage, 2)).containsExactly(queued(2));
      assertThat(events(storage, 3))
          .containsExactly(
              queued(3), new Event(Sample.id(3), 2, NOON.plusMillis(5_000), new Ended()));
      assertThat(List.of(find(storage, 1), find(storage, 2), find(storage, 3)))
          .extracting(JobRecord::lastEvent)
          .containsExactly(1L, 1L, 2L);
      Job first = find(storage, 1).job();
      assertThat(first.submission().session()).isNull();
      assertThat(first.submission().policy()).isEqualTo(CommitPolicy.DEFAULT);
      assertThat(first.submission().onDisconnect()).isEqualTo(OnDisconnect.CONTINUE);
      var waiting = new ArrayList<Unfinished>();
      storage.journal().replay(waiting::add);
      assertThat(waiting).extracting(Unfinished::place).containsExactly(Job.place(1), Job.place(2));

      storage.journal().append(new HandedBack(Sample.id(2), 3, NOON)).join();
      assertThat(events(storage, 2))
          .containsExactly(
              queued(2),
              new Event(
                  Sample.id(2),
                  2,
                  NOON,
                  new StatusChanged(Status.QUEUED, Reason.SERVER_STOPPED, 3)));
    }
  }

  @Test
  void sessionsFromBeforeThereWereOwnersAreNobodys() throws SQLException {
    try (Connection connection = SqliteStorage.connect(upTo("2"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into session (number, id, meta, version, total, created, updated)
          values (1, 'gone', '{}', 1, 0, 5, 5), (3, 'talk', '{"a":1}', 4, 1, 5, 6), (7, 'gone too', '{}', 1, 0, 5, 5)""");
      statement.execute(
          """
          insert into message (session, idx, role, content, at, job, outcome)
          values (3, 0, 'user', 'hi', 6, '%s', 'succeeded')"""
              .formatted(Sample.id(1)));
      statement.execute("delete from session where id like 'gone%'");
    }

    try (var storage = SqliteStorage.open(directory, events -> {})) {
      assertThat(storage.sessions().page(Owner.NOBODY, Long.MAX_VALUE, 10))
          .containsExactly(
              new SavedSession(
                  3,
                  session("talk"),
                  "{\"a\":1}",
                  4,
                  1,
                  Instant.ofEpochMilli(5),
                  Instant.ofEpochMilli(6)));
      assertThat(storage.sessions().messages(session("talk"), Long.MAX_VALUE, 10))
          .extracting(Message::content)
          .containsExactly("hi");
      storage.journal().append(new MetaReplaced(session("new"), "{}", NOON)).join();
      assertThat(storage.sessions().find(session("new")))
          .map(SavedSession::number)
          .as("numbers of removed ones are not used again")
          .contains(8L);
    }
  }

  private Path upTo(String version) {
    Path file = directory.resolve("fermata.db");
    Flyway.configure()
        .dataSource("jdbc:sqlite:" + file, null, null)
        .locations("classpath:db/migration")
        .target(version)
        .load()
        .migrate();
    return file;
  }

  private static String job(long seq, String status, int attempt, @Nullable Long ended) {
    return """
        insert into job (seq, id, kind, lane, status, attempt, submitted_at, finished_at, warnings)
        values (%d, '%s', 'align', 'default', '%s', %d, %d, %s, '[]')"""
        .formatted(
            seq,
            Sample.id(seq),
            status,
            attempt,
            NOON.toEpochMilli(),
            ended == null ? "null" : NOON.toEpochMilli() + ended);
  }

  private static Event queued(long seq) {
    return new Event(Sample.id(seq), 1, NOON, new StatusChanged(Status.QUEUED, null, 0));
  }

  private static List<Event> events(SqliteStorage storage, long seq) {
    return storage.events().after(Sample.id(seq), 0, 10);
  }

  private static JobRecord find(SqliteStorage storage, long seq) {
    return storage.jobs().find(Sample.id(seq)).orElseThrow();
  }
}
