package dev.fermata.fuzz;

import dev.fermata.openapi.Answer;
import dev.fermata.openapi.Conformance;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What holds for every answer, whatever was sent.
 *
 * @param problems the types that the server explains
 */
record Law(Set<String> problems) {

  private static final JsonMapper JSON = new JsonMapper();

  /** What only somebody who reads the source would know. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "\\bat [\\w.$]+\\([\\w.]+:\\d+\\)|\\b\\w+(Exception|Error)\\b|\\b(java|jakarta|org\\.\\w+|dev\\.fermata|tools\\.jackson)\\.[\\w.]*[A-Z]\\w+"
              + "|target/fuzz|/home/|/root/");

  private static final Set<Integer> KNOWN =
      Set.of(
          200, 201, 202, 204, 206, 304, 400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 416,
          417, 422, 429, 503);

  List<String> complaints(Sent sent, Heard heard) {
    return switch (heard) {
      case Heard.Answered(Received answer) -> ofAnswer(sent, answer);
      case Heard.Cut(Received part) when part.isStream() || !sent.lawful() -> List.of();
      case Heard.Cut cut -> List.of("an answer that ends in its middle");
      case Heard.Silence silence when sent.lawful() -> List.of("no answer to a proper request");
      case Heard.Silence silence -> List.of();
      case Heard.Left left -> List.of();
      case Heard.Hung hung -> List.of("nothing for a minute");
    };
  }

  private List<String> ofAnswer(Sent sent, Received answer) {
    var complaints = new ArrayList<String>();
    if (isAboutTheServer(sent)) {
      return complaints;
    }
    if (!KNOWN.contains(answer.status())) {
      complaints.add("status " + answer.status() + " to " + sent.method());
    }
    if (!isOperators(sent) && INSIDE.matcher(answer.text()).find()) {
      complaints.add("the server's inside in an answer " + answer.status());
    }
    if (!sent.isHead()) {
      ofBody(sent, answer, complaints);
    }
    ofHead(sent, answer, complaints);
    if (sent.lawful()) {
      complaints.addAll(
          Conformance.complaints(
              new Answer(
                  sent.method(),
                  sent.path(),
                  answer.status(),
                  answer.headers(),
                  answer.text().getBytes(StandardCharsets.ISO_8859_1),
                  true)));
    }
    return complaints;
  }

  /** Tomcat answers these by itself. */
  private static boolean isAboutTheServer(Sent sent) {
    return sent.path().startsWith("*");
  }

  /** Class names and paths are what these are about. */
  private static boolean isOperators(Sent sent) {
    return sent.path().contains("actuator");
  }

  private void ofBody(Sent sent, Received answer, List<String> complaints) {
    if (answer.status() >= 400) {
      ofProblem(answer, complaints);
    } else if (answer.type().equals("application/json") && !isOperators(sent)) {
      ofDocument(sent, answer, complaints);
    } else if (answer.type().equals("text/event-stream") && !ended(answer, "event: end\n")) {
      complaints.add("an event stream that ends without an end");
    } else if (answer.type().equals("application/x-ndjson") && !ended(answer, "\"type\":\"end\"")) {
      complaints.add("event lines that end without an end");
    }
  }

  private static boolean ended(Received answer, String mark) {
    return answer.text().contains(mark) && answer.text().endsWith("\n");
  }

  private static void ofDocument(Sent sent, Received answer, List<String> complaints) {
    boolean bytes = sent.path().contains("/files/") || sent.path().endsWith("/result");
    if (!bytes && !answer.text().endsWith("\n")) {
      complaints.add("a document without a newline at its end");
    }
    try {
      if (answer.status() == 200) {
        JSON.readTree(answer.text());
      }
    } catch (JacksonException e) {
      complaints.add("a document that is no JSON");
    }
  }

  private void ofProblem(Received answer, List<String> complaints) {
    if (!answer.type().equals("application/problem+json")) {
      complaints.add("an error " + answer.status() + " as \"" + answer.type() + "\"");
      return;
    }
    try {
      JsonNode problem = JSON.readTree(answer.text());
      if (!problems.contains(problem.at("/type").asString(""))) {
        complaints.add("a problem of the unknown type " + problem.at("/type"));
      }
      if (problem.at("/status").asInt() != answer.status()) {
        complaints.add("a problem " + problem.at("/status") + " with status " + answer.status());
      }
      if (problem.at("/title").asString("").isBlank()
          || problem.at("/detail").asString("").isBlank()) {
        complaints.add("a problem " + problem.at("/type") + " that says nothing");
      }
    } catch (JacksonException e) {
      complaints.add("a problem that is no JSON");
    }
    if (!answer.text().endsWith("}\n")) {
      complaints.add("a problem without a newline at its end");
    }
  }

  private static void ofHead(Sent sent, Received answer, List<String> complaints) {
    for (String header : required(sent, answer.status())) {
      if (answer.header(header).isEmpty()) {
        complaints.add(
            "an answer %d without %s, to %s".formatted(answer.status(), header, sent.method()));
      }
    }
    if (answer.header("X-Injected").isPresent()) {
      complaints.add("a header that the client made");
    }
  }

  private static List<String> required(Sent sent, int status) {
    return switch (status) {
      case 202 ->
          sent.path().endsWith("/cancel") || sent.method().equals("DELETE")
              ? List.of("Retry-After")
              : List.of("Location", "Retry-After");
      case 401 -> List.of("WWW-Authenticate");
      case 405 -> List.of("Allow");
      case 429, 503 -> List.of("Retry-After");
      default -> List.of();
    };
  }
}
