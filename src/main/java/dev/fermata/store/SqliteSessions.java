package dev.fermata.store;

import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import dev.fermata.session.Message;
import dev.fermata.session.SavedSession;
import dev.fermata.session.Sessions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The sessions in the SQLite file, as committed. */
public final class SqliteSessions implements Sessions {

  /** However long the history is, only these are touched: they lie side by side. */
  static final String NEWEST =
      """
      select idx, role, content, at, job, outcome from message
      where session = (select number from session where owner = ? and id = ?) and idx < ?
      order by idx desc limit ?""";

  private static final String COLUMNS = "number, owner, id, meta, version, total, created, updated";
  private static final String FIND =
      "select " + COLUMNS + " from session where owner = ? and id = ?";
  private static final String PAGE =
      "select "
          + COLUMNS
          + " from session where owner = ? and number < ? order by number desc limit ?";

  private final Database database;

  public SqliteSessions(Database database) {
    this.database = database;
  }

  @Override
  public Optional<SavedSession> find(SessionId id) {
    return database.read(
        sql ->
            sql.sql(FIND)
                .params(id.owner().name(), id.name())
                .query(SqliteSessions::session)
                .optional());
  }

  @Override
  public List<Message> messages(SessionId id, long before, int limit) {
    return database
        .read(
            sql ->
                sql.sql(NEWEST)
                    .params(id.owner().name(), id.name(), before, limit)
                    .query(SqliteSessions::message)
                    .list())
        .reversed();
  }

  @Override
  public List<SavedSession> page(Owner owner, long before, int limit) {
    return database.read(
        sql ->
            sql.sql(PAGE)
                .params(owner.name(), before, limit)
                .query(SqliteSessions::session)
                .list());
  }

  private static SavedSession session(ResultSet row, int number) throws SQLException {
    return new SavedSession(
        row.getLong("number"),
        new SessionId(Rows.owner(row), row.getString("id")),
        row.getString("meta"),
        row.getLong("version"),
        row.getLong("total"),
        Instant.ofEpochMilli(row.getLong("created")),
        Instant.ofEpochMilli(row.getLong("updated")));
  }

  private static Message message(ResultSet row, int number) throws SQLException {
    return new Message(
        row.getLong("idx"),
        row.getString("role"),
        row.getString("content"),
        Instant.ofEpochMilli(row.getLong("at")),
        new JobId(UUID.fromString(row.getString("job"))),
        Status.of(row.getString("outcome")).orElseThrow());
  }
}
