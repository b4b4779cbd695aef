package dev.fermata.web;

import dev.fermata.feed.Feed;
import dev.fermata.job.OnDisconnect;
import dev.fermata.journal.JobRecord;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows what happened to a job, and goes on with what happens. */
@RestController
class EventsController {

  private final JobDocuments documents;
  private final EventStreams streams;
  private final EventList list;
  private final Feed feed;

  EventsController(JobDocuments documents, EventStreams streams, EventList list, Feed feed) {
    this.documents = documents;
    this.streams = streams;
    this.list = list;
    this.feed = feed;
  }

  @GetMapping(
      path = "/jobs/{id}/events",
      produces = {
        MediaType.APPLICATION_JSON_VALUE,
        MediaType.TEXT_EVENT_STREAM_VALUE,
        MediaType.APPLICATION_NDJSON_VALUE
      })
  void events(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    QueryString query =
        QueryString.of(request, "after", "tail", Disconnects.ON_DISCONNECT, Disconnects.GRACE);
    JobRecord job = documents.record(id, request);
    Optional<EventFormat> stream = stream(request);
    long after = EventCursor.of(query, request, job);
    OnDisconnect wish =
        Disconnects.of(query.each(), stream.isPresent(), job.job().submission().onDisconnect());
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    if (stream.isEmpty()) {
      list.send(job, after, response);
    } else if (job.status().finished() && after == job.lastEvent()) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else if (request.getMethod().equals("HEAD")) {
      EventWriter.head(stream.get(), response);
    } else {
      EventStreams.requireOpen(feed);
      streams.send(job, after, wish, stream.get(), request, response);
    }
  }

  /** The format in which a client follows the events; empty when it wants those that there are. */
  static Optional<EventFormat> stream(HttpServletRequest request) {
    return EventFormat.of(request, MediaType.APPLICATION_JSON);
  }
}
