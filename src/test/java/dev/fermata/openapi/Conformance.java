package dev.fermata.openapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whether answers are what the document says of them. Safe for use by many threads. */
public final class Conformance {

  /** On any answer: how it is sent, and what browsers are told of it. */
  private static final Set<String> ALWAYS =
      Set.of(
          "content-type",
          "content-length",
          "transfer-encoding",
          "date",
          "connection",
          "keep-alive",
          "vary",
          "cache-control",
          "content-disposition",
          "content-security-policy",
          "x-content-type-options",
          "referrer-policy",
          "x-frame-options",
          "cross-origin-resource-policy");

  private static final Conformance SERVED = new Conformance(Document.served());

  private final Document document;
  private final Schemas schemas = new Schemas();

  Conformance(Document document) {
    this.document = document;
  }

  /**
   * Holds a whole answer to the document.
   *
   * @throws AssertionError with the route, the status and what is wrong where
   */
  public static void check(
      String method, String target, int status, Map<String, List<String>> headers, byte[] body) {
    check(new Answer(method, target, status, headers, body, true));
  }

  /** The same for an answer of which only the head is there yet. */
  public static void checkHead(
      String method, String target, int status, Map<String, List<String>> headers) {
    check(new Answer(method, target, status, headers, new byte[0], false));
  }

  private static void check(Answer answer) {
    List<String> faults = SERVED.faults(answer);
    if (!faults.isEmpty()) {
      throw new AssertionError(String.join("\n", faults) + "\n" + answer);
    }
  }

  /** The same for one server-sent event of a stream. */
  public static void checkEvent(String id, String type, String data) {
    List<String> faults = SERVED.eventFaults(id, type, data);
    if (!faults.isEmpty()) {
      throw new AssertionError("event " + id + " " + type + ": " + faults + "\n" + data);
    }
  }

  /** What is wrong with an answer that was served. */
  public static List<String> complaints(Answer answer) {
    return SERVED.faults(answer);
  }

  List<String> faults(Answer answer) {
    if (answer.status() < 200 || (answer.method().equals("OPTIONS") && answer.status() < 400)) {
      return List.of();
    }
    Optional<Document.Route> route = document.route(answer.method(), answer.address());
    if (route.isEmpty()) {
      return answer.status() < 400 ? List.of() : new Faults("no route", answer).ofProblem();
    }
    String name = answer.method() + " " + route.get().pattern() + " -> " + answer.status();
    Place response = document.response(route.get(), answer.status());
    return response.exists()
        ? new Faults(name, answer).of(response)
        : List.of(name + ": this status is not in the document");
  }

  private List<String> eventFaults(String id, String type, String data) {
    var event = JsonNodeFactory.instance.objectNode();
    if (id.isEmpty()) {
      event.putNull("id");
    } else {
      event.put("id", Long.parseLong(id));
    }
    event.put("type", type);
    event.put("at", "2026-01-01T00:00:00.000Z"); // server-sent events tell no time
    event.set("data", JsonMapper.shared().readTree(data));
    return eventFaults(event);
  }

  /** Of the one alternative that its type names, so that what is wrong is said once. */
  private List<String> eventFaults(JsonNode event) {
    String type = event.path("type").asString("");
    Place mapping =
        document.root().at("components", "schemas", "Event", "discriminator", "mapping");
    String pointer =
        type.equals("backlog")
            ? "#/components/schemas/BacklogEvent" // the one stream that is not a job's
            : mapping.node().path(type).asString("");
    return pointer.isEmpty()
        ? List.of("/type: there is no such event")
        : schemas.faults(
            new Place(document.root().node(), document.root().node().at(pointer.substring(1))),
            event);
  }

  /** What is wrong with one answer. */
  private final class Faults {

    private final String name;
    private final Answer answer;
    private final List<String> found = new ArrayList<>();

    Faults(String name, Answer answer) {
      this.name = name;
      this.answer = answer;
    }

    /** Where no route answers, whatever answers says so in a problem. */
    List<String> ofProblem() {
      if (answer.status() == 405 && !answer.headers().containsKey("Allow")) {
        add("no header Allow");
      }
      if (!answer.method().equals("HEAD")) {
        require("application/problem+json");
        ofJson(document.root().at("components", "schemas", "Problem"));
      }
      return found;
    }

    List<String> of(Place response) {
      ofHeaders(response.at("headers"));
      Place content = response.at("content");
      if (!content.exists()) {
        if (answer.hasBody()) {
          add("a body, and the document knows of none");
        }
      } else if (!answer.method().equals("HEAD") || !answer.type().isEmpty()) {
        ofBody(content);
      }
      return found;
    }

    private void ofHeaders(Place headers) {
      var documented = new ArrayList<String>();
      for (String header : headers.names()) {
        documented.add(header.toLowerCase(Locale.ROOT));
        ofHeader(header, headers.at(header));
      }
      answer.headers().keySet().stream()
          .map(header -> header.toLowerCase(Locale.ROOT))
          .filter(header -> !ALWAYS.contains(header) && !documented.contains(header))
          .forEach(header -> add("the header " + header + " is not in the document"));
    }

    private void ofHeader(String header, Place described) {
      List<String> values = answer.headers().getOrDefault(header, List.of());
      if (values.isEmpty() && described.is("required")) {
        add("no header " + header);
      }
      Place schema = described.at("schema");
      boolean number = schema.node().path("type").asString("").equals("integer");
      for (String value : values) {
        JsonNode node =
            number && value.matches("[0-9]{1,9}")
                ? JsonNodeFactory.instance.numberNode(Integer.parseInt(value))
                : JsonNodeFactory.instance.stringNode(value);
        schemas.faults(schema, node).forEach(fault -> add("header " + header + fault));
      }
    }

    private void ofBody(Place content) {
      String type = content.names().contains(answer.type()) ? answer.type() : "*/*";
      if (!content.names().contains(type)) {
        add("the media type \"" + answer.type() + "\" is not in the document");
      } else if (answer.whole() && !answer.method().equals("HEAD") && !type.equals("*/*")) {
        ofMedia(content.at(type));
      }
    }

    private void ofMedia(Place media) {
      switch (answer.type()) {
        case "text/event-stream" -> ofStream(answer.text());
        case "application/x-ndjson" ->
            answer
                .text()
                .lines()
                .filter(line -> !line.isEmpty())
                .forEach(line -> parsed(line, this::ofEvent));
        default -> {
          if (answer.type().endsWith("json") && media.at("schema").exists()) {
            ofJson(media.at("schema"));
          }
        }
      }
    }

    private void ofStream(String stream) {
      for (String part : stream.split("\n\n", -1)) {
        var fields = new HashMap<String, String>();
        part.lines()
            .filter(line -> !line.startsWith(":"))
            .map(line -> line.split(": ", 2))
            .forEach(field -> fields.put(field[0], field[field.length - 1]));
        if (fields.containsKey("data")) {
          eventFaults(
                  fields.getOrDefault("id", ""),
                  fields.getOrDefault("event", ""),
                  fields.getOrDefault("data", ""))
              .forEach(this::add);
        }
      }
    }

    private void ofEvent(JsonNode event) {
      eventFaults(event).forEach(this::add);
    }

    private void ofJson(Place schema) {
      parsed(
          answer.text(),
          json -> {
            if (schema.node().path("items").path("$ref").asString("").endsWith("/Event")) {
              json.forEach(this::ofEvent);
            } else {
              schemas.faults(schema, json).forEach(this::add);
            }
            if (answer.status() >= 400
                && answer.type().equals("application/problem+json")
                && json.path("status").asInt(0) != answer.status()) {
              add("/status: it is not that of the answer");
            }
          });
    }

    private void parsed(String text, Consumer<JsonNode> next) {
      try {
        next.accept(JsonMapper.shared().readTree(text));
      } catch (JacksonException e) {
        add("no JSON: " + e.getOriginalMessage());
      }
    }

    private void require(String type) {
      if (!answer.type().equals(type)) {
        add("the media type is \"" + answer.type() + "\", not " + type);
      }
    }

    private void add(String fault) {
      found.add(name + " " + answer.type() + ": " + fault);
    }
  }
}
