package dev.fermata.chaos;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer of the server, whole. */
record Reply(int status, HttpHeaders headers, String text) {

  JsonNode json() {
    return JsonMapper.shared().readTree(text);
  }

  String at(String pointer) {
    return json().at(pointer).asString("");
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  @Override
  public String toString() {
    return status + " " + text.strip();
  }
}
