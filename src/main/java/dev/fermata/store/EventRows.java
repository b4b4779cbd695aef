package dev.fermata.store;

import dev.fermata.job.Event;
import dev.fermata.job.Event.Chunk;
import dev.fermata.job.Event.Ended;
import dev.fermata.job.Event.Progressed;
import dev.fermata.job.Event.StatusChanged;
import dev.fermata.job.Event.What;
import dev.fermata.job.JobId;
import dev.fermata.job.Progress;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How events lie in the table {@code event}. */
final class EventRows {

  static final String INSERT =
      "insert into event (job, number, at, type, data) values (?, ?, ?, ?, ?)";

  /** Those of a job, the first included, which stands in the row of the job itself. */
  static final String AFTER =
      """
      select 1 as number, submitted_at as at, 'queued' as type, null as data from job
      where id = :job and :after < 1 and first_event = 1
      union all
      select number, at, type, data from event
      where job = (select seq from job where id = :job) and number > :after
      order by number limit :limit""";

  private record StatusData(String status, @Nullable String reason, int attempt) {}

  private record ProgressData(@Nullable Double fraction, @Nullable String message) {}

  private record ChunkData(String stream, String text) {}

  private static final What QUEUED = new StatusChanged(Status.QUEUED, null, 0);

  private EventRows() {}

  /** The first event of every job. */
  static Event first(JobId job, Instant submittedAt) {
    return new Event(job, 1, submittedAt, QUEUED);
  }

  /** For {@link #INSERT}. */
  static @Nullable Object[] values(long seq, Event event) {
    return new @Nullable Object[] {
      seq, event.number(), event.at(), type(event.what()), data(event.what())
    };
  }

  private static String type(What what) {
    return switch (what) {
      case StatusChanged status -> "status";
      case Progressed progress -> "progress";
      case Chunk chunk -> "chunk";
      case Ended end -> "end";
    };
  }

  private static @Nullable String data(What what) {
    return switch (what) {
      case StatusChanged(Status status, Reason reason, int attempt) ->
          Json.write(new StatusData(status.word(), reason == null ? null : reason.word(), attempt));
      case Progressed(Progress(Double fraction, String message)) ->
          Json.write(new ProgressData(fraction, message));
      case Chunk(String stream, String text) -> Json.write(new ChunkData(stream, text));
      case Ended end -> null;
    };
  }

  static Event event(JobId job, ResultSet row) throws SQLException {
    return new Event(
        job,
        row.getLong("number"),
        Instant.ofEpochMilli(row.getLong("at")),
        what(row.getString("type"), row));
  }

  private static What what(String type, ResultSet row) throws SQLException {
    return switch (type) {
      case "queued" -> QUEUED;
      case "status" -> status(Json.read(row.getString("data"), StatusData.class));
      case "progress" -> progress(Json.read(row.getString("data"), ProgressData.class));
      case "chunk" -> chunk(Json.read(row.getString("data"), ChunkData.class));
      case "end" -> new Ended();
      default -> throw new IllegalStateException("the journal has an event of type " + type);
    };
  }

  private static What status(StatusData data) {
    return new StatusChanged(
        Status.of(data.status()).orElseThrow(),
        Optional.ofNullable(data.reason()).map(Reason::of).orElse(null),
        data.attempt());
  }

  private static What progress(ProgressData data) {
    return new Progressed(new Progress(data.fraction(), data.message()));
  }

  private static What chunk(ChunkData data) {
    return new Chunk(data.stream(), data.text());
  }
}
