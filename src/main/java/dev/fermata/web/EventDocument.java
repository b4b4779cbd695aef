package dev.fermata.web;

import dev.fermata.job.Event;
import dev.fermata.job.Reason;
import dev.fermata.journal.JobRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event as clients see it.
 *
 * @param id its number; null for a gap
 */
record EventDocument(@Nullable Long id, String type, Instant at, Object data) {

  /** Where the job stands. */
  record StatusData(String status, @Nullable String reason, int attempt, Instant at) {}

  /** Events are gone for good, up to the first that is still kept. */
  record Gap(long first) {}

  /**
   * Events, told, with a gap in front of those that don't follow the one before.
   *
   * @param last the number of the one before the first
   * @param documents has that of a job that has ended
   */
  static List<EventDocument> following(long last, List<Event> events, JobDocuments documents) {
    var told = new ArrayList<EventDocument>();
    for (Event event : events) {
      if (event.number() != last + 1) {
        told.add(new EventDocument(null, "gap", event.at(), new Gap(event.number())));
      }
      told.add(of(event, documents));
      last = event.number();
    }
    return told;
  }

  private static EventDocument of(Event event, JobDocuments documents) {
    return switch (event.what()) {
      case Event.StatusChanged(var status, Reason reason, int attempt) ->
          told(
              event,
              "status",
              new StatusData(
                  status.word(), reason == null ? null : reason.word(), attempt, event.at()));
      case Event.Progressed(var progress) -> told(event, "progress", progress);
      case Event.Chunk chunk -> told(event, "chunk", chunk);
      case Event.Ended() -> told(event, "end", documents.document(event.job()));
    };
  }

  private static EventDocument told(Event event, String type, Object data) {
    return new EventDocument(event.number(), type, event.at(), data);
  }

  /** The last event of a job that has ended, when it is no longer kept itself. */
  static Event end(JobRecord job) {
    Instant at = Objects.requireNonNull(job.finishedAt());
    return new Event(job.job().id(), job.lastEvent(), at, new Event.Ended());
  }
}
