package dev.fermata.openapi;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A place in the document, for which every reference on the way was followed. */
record Place(JsonNode document, JsonNode node) {

  /** What is there under some names, one within the other; missing when nothing is. */
  Place at(String... names) {
    JsonNode here = node;
    for (String name : names) {
      here = followed(here.path(name));
    }
    return new Place(document, here);
  }

  private JsonNode followed(JsonNode there) {
    JsonNode target = there;
    while (target.has("$ref")) {
      target = document.at(target.path("$ref").asString().substring(1));
    }
    return target;
  }

  boolean exists() {
    return !node.isMissingNode();
  }

  boolean is(String name) {
    return node.path(name).asBoolean(false);
  }

  List<String> names() {
    return List.copyOf(node.propertyNames());
  }

  Stream<Place> children() {
    return names().stream().map(this::at);
  }
}
