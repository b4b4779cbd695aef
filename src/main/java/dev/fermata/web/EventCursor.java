package dev.fermata.web;

import dev.fermata.journal.JobRecord;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** After which event a client wants to go on. */
final class EventCursor {

  private EventCursor() {}

  /** The number of the last event that the client knows; 0 for none. */
  static long of(QueryString query, HttpServletRequest request, JobRecord job) {
    Optional<String> resumed =
        Optional.ofNullable(request.getHeader("Last-Event-ID")).filter(id -> !id.isBlank());
    Optional<String> after = query.one("after");
    boolean tail = query.flag("tail");
    if (tail && after.isPresent()) {
      throw QueryString.invalid("tail", "Either tail or after, not both.");
    }
    return resumed // by a browser at the address that it began with
        .or(() -> after)
        .map(cursor -> number(cursor.strip(), job.lastEvent()))
        .orElse(tail ? job.lastEvent() : 0);
  }

  private static long number(String cursor, long last) {
    if (!cursor.matches("[0-9]{1,18}") || Long.parseLong(cursor) > last) {
      throw Problem.BAD_CURSOR.because(
          "\"" + cursor + "\" is not the number of an event: they go from 1 to " + last + ".");
    }
    return Long.parseLong(cursor);
  }
}
