package dev.fermata.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON form of a submission. It is read token by token, so that a number stays as it was
 * written.
 *
 * @param kind null when it is named elsewhere
 */
record FullForm(@Nullable String kind, Map<String, Given> input, Map<String, String> options) {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  static FullForm read(String text) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      FullForm form = new Reader(json, text).form();
      if (json.nextToken() != null) {
        throw malformed("Something stands behind the end of the object", json.currentLocation());
      }
      return form;
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage(), e.getLocation());
    }
  }

  private static Rejected malformed(String what, @Nullable TokenStreamLocation at) {
    String where =
        at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    return Problem.MALFORMED_JSON.because(what + where + ".");
  }

  private record Reader(JsonParser json, String text) {

    FullForm form() {
      JsonToken first = json.nextToken();
      if (first == null) {
        throw malformed("The body is empty", json.currentLocation());
      }
      if (first != JsonToken.START_OBJECT) {
        throw wrong("", "The body must be a JSON object.");
      }
      String kind = null;
      Map<String, Given> input = Map.of();
      var options = new LinkedHashMap<String, String>();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        switch (name) {
          case "kind" -> kind = option(name);
          case "input" -> input = input();
          default -> {
            Names.require(name, fields(), "field");
            String value = option(name);
            if (value != null) {
              options.put(name, value);
            }
          }
        }
      }
      return new FullForm(kind, input, options);
    }

    private static List<String> fields() {
      var fields = new ArrayList<>(List.of("kind", "input"));
      fields.addAll(Options.NAMES);
      return fields;
    }

    private @Nullable String option(String name) {
      JsonToken token = json.currentToken();
      if (token == JsonToken.VALUE_STRING
          || (token == JsonToken.VALUE_NUMBER_INT && Options.isNumber(name))) {
        return json.getString();
      }
      if (token == JsonToken.VALUE_NULL) {
        return null;
      }
      throw wrong(
          Rejected.Fault.pointer(name),
          name + " must be a " + (Options.isNumber(name) ? "whole number." : "string."));
    }

    private Map<String, Given> input() {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw wrong("/input", "input must be an object with the inputs by name.");
      }
      var input = new LinkedHashMap<String, Given>();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        input.put(name, value());
      }
      return input;
    }

    private Given value() {
      JsonToken token = json.nextToken();
      if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
        return new Given.Text(json.getString());
      }
      int start = (int) json.currentTokenLocation().getCharOffset();
      json.skipChildren();
      return new Given.Json(text.substring(start, (int) json.currentLocation().getCharOffset()));
    }

    private static Rejected wrong(String pointer, String detail) {
      return Problem.INVALID_PARAMETER.at(pointer, detail);
    }
  }
}
