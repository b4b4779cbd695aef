package dev.fermata.chaos;

import dev.fermata.chaos.Wish.Work;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the server says about one job once it has ended: its document, and its events. */
record Account(String id, Work work, JsonNode document, String text, List<JsonNode> events) {

  static Account of(Client client, String id) throws IOException {
    Reply reply = client.get("/jobs/" + id);
    if (reply.status() != 200) {
      throw new IOException("job " + id + " is in the list, and answers " + reply);
    }
    JsonNode events = client.get("/jobs/" + id + "/events").json();
    JsonNode document = reply.json();
    Work work = Work.of(document.at("/kind").asString());
    return new Account(id, work, document, reply.text(), List.copyOf(events.values()));
  }

  /** What the client sent. */
  String input() {
    return document.at("/input").values().iterator().next().asString();
  }

  String mark() {
    return Wish.mark(input());
  }

  String status() {
    return document.at("/status").asString();
  }

  String session() {
    return document.at("/session").asString("");
  }

  int attempt() {
    return document.at("/attempt").asInt();
  }

  /** The events that say where the job stands. */
  Stream<JsonNode> statuses() {
    return events.stream().filter(it -> it.at("/type").asString().equals("status"));
  }

  /** The events that say that it began. */
  List<JsonNode> starts() {
    return statuses().filter(it -> it.at("/data/status").asString().equals("running")).toList();
  }
}
