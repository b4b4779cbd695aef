package dev.fermata.web;

import dev.fermata.job.Event;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/** One client's stream of events, as it is written; for the thread of its request. */
final class EventWriter {

  private final EventFormat format;
  private final JobDocuments documents;
  private final JsonMapper json;
  private final HttpServletResponse response;
  private long last;
  private boolean end;

  /**
   * A stream that goes on after an event.
   *
   * @param last the number of that event; 0 for none
   */
  EventWriter(
      EventFormat format,
      long last,
      JobDocuments documents,
      JsonMapper json,
      HttpServletResponse response) {
    this.format = format;
    this.last = last;
    this.documents = documents;
    this.json = json;
    this.response = response;
  }

  /** Sends the head, so that the client knows that it is heard. */
  void begin() throws IOException {
    head(format, response);
    response.flushBuffer();
  }

  static void head(EventFormat format, HttpServletResponse response) {
    response.setContentType(format.type().toString());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    response.setHeader("X-Accel-Buffering", "no"); // proxies of the nginx family
  }

  /** Sends all of them at once. */
  void write(List<Event> events) throws IOException {
    var text = new StringBuilder();
    for (EventDocument event : EventDocument.following(last, events, documents)) {
      text.append(format.text(event, json));
    }
    last = events.getLast().number();
    end = events.getLast().what() instanceof Event.Ended;
    send(text.toString());
  }

  void heartbeat() throws IOException {
    send(format.heartbeat());
  }

  private void send(String text) throws IOException {
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }

  /** Whether the last event of all was written. */
  boolean hasEnd() {
    return end;
  }
}
