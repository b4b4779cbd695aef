package dev.fermata.store;

import dev.fermata.job.Fact;
import dev.fermata.job.Fact.EventsRemoved;
import dev.fermata.job.Fact.FilesRemoved;
import dev.fermata.job.Fact.Forgotten;
import dev.fermata.job.Fact.Measured;
import dev.fermata.job.Fact.Shrunk;
import dev.fermata.job.JobId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Writes what becomes of what is kept. */
final class KeptFacts {

  private static final String MEASURE =
      "update job set bytes = ? where id = ? and finished_at is not null and files_removed_at is null";
  private static final String REMOVE_FILES =
      """
      update job set bytes = 0, files_removed_at = ?
      where id = ? and finished_at is not null and files_removed_at is null""";
  private static final String ADVANCE =
      """
      update job set first_event = ?
      where id = ? and finished_at is not null and first_event < ? and last_event >= ?
      returning seq""";
  private static final String REMOVE_EVENTS = "delete from event where job = ? and number < ?";

  private final Statements statements;

  KeptFacts(Statements statements) {
    this.statements = statements;
  }

  /** False when it does not follow from what is there, and nothing was written. */
  boolean write(Fact.OfEnded fact) throws SQLException {
    return switch (fact) {
      case Measured(JobId id, long bytes) -> statements.update(MEASURE, bytes, id);
      case FilesRemoved(JobId id, Instant at) -> statements.update(REMOVE_FILES, at, id);
      case EventsRemoved(JobId id, long before) -> removeEvents(id, before);
    };
  }

  private boolean removeEvents(JobId id, long before) throws SQLException {
    Optional<Long> job =
        statements.returning(row -> row.getLong(1), ADVANCE, before, id, before, before);
    if (job.isEmpty()) {
      return false;
    }
    statements.update(REMOVE_EVENTS, job.get(), before);
    return true;
  }

  void write(Fact.OfJournal fact) throws SQLException {
    switch (fact) {
      case Forgotten(Instant tombstones, Instant keys, int atMost) -> {
        for (Forgettable each : Forgettable.values()) {
          statements.update(each.delete(), each.limit(tombstones, keys), atMost);
        }
      }
      case Shrunk(int pages) -> statements.run("pragma incremental_vacuum(" + pages + ")");
    }
  }
}
