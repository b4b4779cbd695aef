package dev.fermata.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.job.Event;
import dev.fermata.journal.Events;
import dev.fermata.journal.JobRecord;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What has happened to a job up to now, as one JSON array. */
@Component
final class EventList {

  private static final int PAGE = 100;

  private final Events events;
  private final JobDocuments documents;
  private final JsonMapper json;

  EventList(Events events, JobDocuments documents, JsonMapper json) {
    this.events = events;
    this.documents = documents;
    this.json = json;
  }

  /** Sends the events after a number, those that came before the job was looked at. */
  void send(JobRecord job, long after, HttpServletResponse response) throws IOException {
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    OutputStream out = response.getOutputStream();
    String before = "[";
    for (long last = after; last < job.lastEvent(); ) {
      List<Event> page = page(job, last);
      for (EventDocument event : EventDocument.following(last, page, documents)) {
        out.write((before + EventFormat.line(event, json)).getBytes(UTF_8));
        before = ",";
      }
      last = page.isEmpty() ? job.lastEvent() : page.getLast().number();
    }
    out.write((before.equals("[") ? "[]\n" : "]\n").getBytes(UTF_8));
  }

  private List<Event> page(JobRecord job, long last) {
    List<Event> page = events.after(job.job().id(), last, PAGE);
    return page.isEmpty() && job.status().finished() ? List.of(EventDocument.end(job)) : page;
  }
}
