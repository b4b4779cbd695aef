package dev.fermata.store;

import dev.fermata.job.Fact.Finished;
import dev.fermata.job.SessionChange;
import dev.fermata.job.SessionChange.Appended;
import dev.fermata.job.SessionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what becomes of sessions. Each method answers false when that does not follow from what is
 * there, and then nothing was written.
 */
final class SessionFacts {

  private static final String CREATE =
      """
      insert into session (owner, id, meta, version, total, created, updated)
      values (?, ?, coalesce(?, '{}'), 1, ?, ?, ?)
      on conflict (owner, id) do nothing
      returning number, total""";
  private static final String SAVE =
      """
      update session set meta = coalesce(?, meta), version = version + 1, total = total + ?,
        updated = ?
      where owner = ? and id = ? and version = ?
      returning number, total""";
  private static final String MESSAGE =
      """
      insert into message (session, idx, role, content, at, job, outcome)
      values (?, ?, ?, ?, ?, ?, ?)""";
  private static final String UNHELD =
      "not exists (select 1 from job where owner = ? and session = ? and finished_at is null)";
  private static final String REPLACE_META =
      "insert into session (owner, id, meta, version, total, created, updated) select ?, ?, ?, 1, 0, ?, ? where "
          + UNHELD
          + """

            on conflict (owner, id) do update
            set meta = excluded.meta, version = version + 1, updated = excluded.updated""";
  private static final String REMOVE =
      "delete from session where owner = ? and id = ? and " + UNHELD;

  /** A session that was just saved, with these messages counted. */
  private record Saved(long number, long total) {
    static Saved of(ResultSet row) throws SQLException {
      return new Saved(row.getLong(1), row.getLong(2));
    }
  }

  private final Statements statements;

  SessionFacts(Statements statements) {
    this.statements = statements;
  }

  /** Saves what a job made of its session, unless that is no longer the one it found. */
  boolean save(Finished fact, SessionChange change) throws SQLException {
    @Nullable Saved saved = update(change, fact.at()).orElse(null);
    if (saved == null) {
      return false;
    }
    long before = saved.total() - change.appended().size();
    statements.batch(
        MESSAGE,
        IntStream.range(0, change.appended().size())
            .mapToObj(i -> message(saved, before + i, change.appended().get(i), fact))
            .toList());
    return true;
  }

  private Optional<Saved> update(SessionChange change, Instant at) throws SQLException {
    int more = change.appended().size();
    String owner = change.session().owner().name();
    String name = change.session().name();
    return change.version() == 0
        ? statements.returning(Saved::of, CREATE, owner, name, change.meta(), more, at, at)
        : statements.returning(
            Saved::of, SAVE, change.meta(), more, at, owner, name, change.version());
  }

  private static @Nullable Object[] message(
      Saved saved, long index, Appended message, Finished fact) {
    return new @Nullable Object[] {
      saved.number(),
      index,
      message.role(),
      message.content(),
      message.at(),
      fact.id(),
      fact.outcome().status().word()
    };
  }

  boolean replaceMeta(SessionId session, String meta, Instant at) throws SQLException {
    String owner = session.owner().name();
    String name = session.name();
    return statements.update(REPLACE_META, owner, name, meta, at, at, owner, name);
  }

  boolean remove(SessionId session) throws SQLException {
    String owner = session.owner().name();
    String name = session.name();
    return statements.update(REMOVE, owner, name, owner, name);
  }
}
