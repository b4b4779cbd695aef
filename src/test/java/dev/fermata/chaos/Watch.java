package dev.fermata.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One client that follows a job over restarts, each time from where it was. One thread follows,
 * others may look.
 */
final class Watch {

  /** An event as a stream told it. */
  record Told(long number, String type, JsonNode data) {}

  private final String id;
  private final String query;
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private boolean over;

  Watch(String id) {
    this(id, "");
  }

  /** A watch with options of its own. */
  Watch(String id, String query) {
    this.id = id;
    this.query = query;
  }

  String id() {
    return id;
  }

  /** Up to now. */
  List<Told> told() {
    return told;
  }

  boolean over() {
    return over;
  }

  /**
   * Goes on to the end of the job.
   *
   * @throws IOException when the stream is cut before
   */
  void follow(Client client, Findings findings) throws IOException {
    String last = Long.toString(told.size());
    var answer =
        client.stream(
            "/jobs/" + id + "/events" + query,
            "Accept",
            "text/event-stream",
            "Last-Event-ID",
            last);
    if (answer.statusCode() != 200) {
      findings.add(Check.WATCH, id, "after event " + last + " got " + answer.statusCode());
      over = true;
      return;
    }
    try (var lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
      read(lines, findings);
    }
  }

  private void read(BufferedReader lines, Findings findings) throws IOException {
    long number = 0;
    String type = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id:")) {
        number = Long.parseLong(line.substring(3).strip());
      } else if (line.startsWith("event:")) {
        type = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        tell(new Told(number, type, JsonMapper.shared().readTree(line.substring(5))), findings);
      }
    }
    if (!over) {
      findings.add(Check.WATCH, id, "a clean end without end, after " + told.size());
      over = true;
    }
  }

  private void tell(Told next, Findings findings) {
    if (next.number() != told.size() + 1) {
      findings.add(Check.WATCH, id, "event " + next + " after " + told.size() + " others");
    }
    told.add(next);
    over |= next.type().equals("end");
  }
}
