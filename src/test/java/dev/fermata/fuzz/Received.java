package dev.fermata.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer, or as much of it as came.
 *
 * @param headers by name in lower case
 * @param text the body, one character for each byte
 */
record Received(int status, Map<String, List<String>> headers, String text) {

  Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  String type() {
    return header("Content-Type").orElse("").replaceFirst("\\s*;.*", "");
  }

  boolean closes() {
    return header("Connection").filter("close"::equalsIgnoreCase).isPresent();
  }

  boolean isStream() {
    return type().equals("text/event-stream") || type().equals("application/x-ndjson");
  }

  /** To be read by people. */
  String shown() {
    return status + " " + headers + "\n" + text.substring(0, Math.min(1500, text.length()));
  }
}
