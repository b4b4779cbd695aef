package dev.fermata.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import dev.fermata.journal.Unfinished;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a start reads from the journal, which is known to be whole when it has read the jobs. */
final class UnfinishedJobs {

  private final Database database;
  private final JdbcClient sql;

  UnfinishedJobs(Database database) {
    this.database = database;
    this.sql = JdbcClient.create(database.readers());
  }

  void forEach(Consumer<Unfinished> consumer) {
    var inOrder = new InOrder();
    database.guard(
        () -> {
          sql.sql(InOrder.QUERY)
              .query((RowCallbackHandler) row -> consumer.accept(inOrder.read(row)));
          return inOrder;
        });
    database.requireSound();
  }

  long lastSeq() {
    long lastJob = number("select coalesce(max(seq), 0) from sqlite_sequence where name = 'job'");
    long lastPlace =
        number("select coalesce(max(joined), 0) from job where joined > 0 and finished_at is null");
    return Math.max(lastJob, Job.seq(lastPlace));
  }

  private long number(String query) {
    return database.guard(() -> sql.sql(query).query(Long.class).single());
  }

  /**
   * A start with a million jobs reads each column a million times: so the texts of a job come as
   * one, and the rest only if it has come further than into the line.
   */
  private static final class InOrder {

    static final String QUERY =
        """
        select seq, submitted_at,
          id || json_array(lane, kind, coalesce(session, ''), owner),
          status = 'queued' and attempt = 0 and coalesce(place, joined, due_at) is null,
          status, attempt, crashes, place, joined, due_at, reason, group_id, group_ticks, group_boot
        from job where finished_at is null order by seq""";

    private static final int ID = 36;

    private record Names(String lane, String kind, Owner owner, @Nullable SessionId session) {

      static Names of(String texts) {
        List<String> names = Json.list(texts.substring(ID));
        var owner = new Owner(names.get(3));
        SessionId session = names.get(2).isEmpty() ? null : new SessionId(owner, names.get(2));
        return new Names(names.get(0), names.get(1), owner, session);
      }
    }

    /** Most jobs have the names of the one before. */
    private String before = "";

    private Names names = new Names("", "", Owner.NOBODY, null);

    Unfinished read(ResultSet row) throws SQLException {
      var texts = new String(row.getBytes(3), UTF_8); // costs half of what getString does
      if (!texts.regionMatches(ID, before, ID, Math.max(texts.length(), before.length()) - ID)) {
        names = Names.of(texts);
        before = texts;
      }
      var id = new JobId(UUID.fromString(texts.substring(0, ID)));
      return row.getBoolean(4) ? asAccepted(id, names, row) : furtherOn(id, names, row);
    }

    private static Unfinished asAccepted(JobId id, Names names, ResultSet row) throws SQLException {
      long seq = row.getLong(1);
      return new Unfinished(
          id,
          seq,
          Job.place(seq),
          Job.place(seq),
          names.kind(),
          names.lane(),
          names.owner(),
          names.session(),
          Status.QUEUED,
          0,
          0,
          Instant.ofEpochMilli(row.getLong(2)),
          null,
          null,
          null);
    }

    private static Unfinished furtherOn(JobId id, Names names, ResultSet row) throws SQLException {
      long seq = row.getLong(1);
      Status status = Status.of(row.getString(5)).orElseThrow();
      boolean waits = status == Status.QUEUED;
      long place = row.getLong(8); // 0 for null, as in the next two
      long joined = row.getLong(9);
      long due = row.getLong(10);
      long turn = place == 0 ? Job.place(seq) : place;
      return new Unfinished(
          id,
          seq,
          turn,
          joined == 0 ? turn : joined,
          names.kind(),
          names.lane(),
          names.owner(),
          names.session(),
          status,
          row.getInt(6),
          row.getInt(7),
          Instant.ofEpochMilli(row.getLong(2)),
          waits ? null : group(row),
          waits ? null : Optional.ofNullable(row.getString(11)).map(Reason::of).orElse(null),
          due == 0 ? null : Instant.ofEpochMilli(due));
    }

    private static @Nullable ProcessGroup group(ResultSet row) throws SQLException {
      @Nullable String boot = row.getString(14);
      return boot == null ? null : new ProcessGroup(row.getLong(12), row.getLong(13), boot);
    }
  }
}
