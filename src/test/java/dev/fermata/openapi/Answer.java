package dev.fermata.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer and what it answers.
 *
 * @param target as it stood in the request's first line
 * @param headers by name, whatever its case
 * @param whole whether the body was read to its end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(
    String method,
    String target,
    int status,
    Map<String, List<String>> headers,
    byte[] body,
    boolean whole) {

  public Answer {
    var any = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    any.putAll(headers);
    headers = any;
  }

  /** Without query and parameters, and without what a proxy's client puts in front. */
  String address() {
    String path =
        target
            .replaceFirst("[?#].*", "")
            .replaceAll("(?<=[^/]);[^/]*", "")
            .replaceFirst("^https?://[^/]*", "");
    return path.startsWith("/") ? path : "/" + path;
  }

  /** The media type without its parameters; the empty string when there is none. */
  String type() {
    return headers
        .getOrDefault("Content-Type", List.of(""))
        .getFirst()
        .replaceFirst("\\s*;.*", "")
        .toLowerCase(Locale.ROOT);
  }

  boolean hasBody() {
    return body.length > 0;
  }

  String text() {
    return new String(body, UTF_8);
  }

  @Override
  public String toString() {
    String text = text();
    return method
        + " "
        + target
        + " -> "
        + status
        + " "
        + headers
        + "\n"
        + text.substring(0, Math.min(2000, text.length()));
  }
}
