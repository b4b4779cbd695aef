package dev.fermata.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import tools.jackson.databind.json.JsonMapper;

/** How a stream of events is written. */
enum EventFormat {
  /** Server-sent events, as the HTML standard has them. */
  SSE(MediaType.TEXT_EVENT_STREAM_VALUE, ":\n\n") {
    @Override
    String text(EventDocument event, JsonMapper json) {
      String id = event.id() == null ? "" : "id: " + event.id() + "\n";
      return id + "event: " + event.type() + "\ndata: " + line(event.data(), json) + "\n\n";
    }
  },
  /** One JSON object a line. */
  NDJSON(MediaType.APPLICATION_NDJSON_VALUE, "\n") {
    @Override
    String text(EventDocument event, JsonMapper json) {
      return line(event, json) + "\n";
    }
  };

  private final String type;
  private final String heartbeat;

  EventFormat(String type, String heartbeat) {
    this.type = type;
    this.heartbeat = heartbeat;
  }

  /**
   * The stream that a client prefers to any document; empty when it prefers a document.
   *
   * @param documents the media types of those that it could have instead
   */
  static Optional<EventFormat> of(HttpServletRequest request, MediaType... documents) {
    for (MediaType accepted : accepted(request)) {
      if (Stream.of(documents).anyMatch(accepted::includes)) {
        return Optional.empty();
      }
      for (EventFormat format : values()) {
        if (accepted.includes(format.type())) {
          return Optional.of(format);
        }
      }
    }
    return Optional.empty();
  }

  /** The dearest first. A header that can't be read is refused where documents are chosen. */
  private static List<MediaType> accepted(HttpServletRequest request) {
    try {
      List<MediaType> types =
          MediaType.parseMediaTypes(Collections.list(request.getHeaders("Accept")));
      MimeTypeUtils.sortBySpecificity(types);
      return types.stream().filter(type -> type.getQualityValue() > 0).toList();
    } catch (InvalidMediaTypeException e) {
      return List.of();
    }
  }

  MediaType type() {
    return MediaType.parseMediaType(type);
  }

  /** What tells a client that the server is still there, and nothing else. */
  String heartbeat() {
    return heartbeat;
  }

  abstract String text(EventDocument event, JsonMapper json);

  /** A result that is JSON is written as it is, and may have line breaks between its members. */
  static String line(Object document, JsonMapper json) {
    return json.writeValueAsString(document).replace('\n', ' ').replace('\r', ' ');
  }
}
