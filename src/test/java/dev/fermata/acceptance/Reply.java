package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpHeaders;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer of the server, whole. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, HttpHeaders headers, byte[] bytes) {

  String text() {
    return new String(bytes, UTF_8);
  }

  JsonNode json() {
    return JsonMapper.shared().readTree(bytes);
  }

  /** The member of the document that a JSON pointer names, as text. */
  String at(String pointer) {
    return json().at(pointer).asString();
  }

  String id() {
    return at("/id");
  }

  /** A header; the empty string when there is none. */
  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  List<String> keys() {
    return List.copyOf(json().propertyNames());
  }

  @Override
  public String toString() {
    return status + " " + headers.map() + "\n" + text();
  }
}
