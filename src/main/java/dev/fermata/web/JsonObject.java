package dev.fermata.web;

import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * A body that is one JSON object. It is read token by token, so that a number stays as it was
 * written.
 */
final class JsonObject {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonParser json;
  private final String text;

  private JsonObject(JsonParser json, String text) {
    this.json = json;
    this.text = text;
  }

  /** Where the parser says that it read from, which no client knows. */
  private static final Pattern SOURCE = Pattern.compile("\\s*\\(start marker at [^)]*\\)[^)]*\\)?");

  /** Reads the whole body with a reader that goes through all of its fields. */
  static <T> T read(String text, Function<JsonObject, T> reader) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      JsonToken first = json.nextToken();
      if (first == null) {
        throw malformed("The body is empty", json.currentLocation());
      }
      if (first != JsonToken.START_OBJECT) {
        throw wrong("", "The body must be a JSON object.");
      }
      T read = reader.apply(new JsonObject(json, text));
      if (json.nextToken() != null) {
        throw malformed("Something stands behind the end of the object", json.currentLocation());
      }
      return read;
    } catch (JacksonException e) {
      throw malformed(SOURCE.matcher(e.getOriginalMessage()).replaceAll(""), e.getLocation());
    }
  }

  private static Rejected malformed(String what, @Nullable TokenStreamLocation at) {
    String where =
        at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    return Problem.MALFORMED_JSON.because(what + where + ".");
  }

  static Rejected wrong(String pointer, String detail) {
    return Problem.INVALID_PARAMETER.at(pointer, detail);
  }

  /** Goes to the value of the next field, and names it; null at the end of the object. */
  @Nullable String next() {
    String name = json.nextName();
    if (name != null) {
      json.nextToken();
    }
    return name;
  }

  /** Goes into the object that is the value here; false when it is something else. */
  boolean enter() {
    return json.currentToken() == JsonToken.START_OBJECT;
  }

  /** The value here, whatever it is. */
  Given value() {
    JsonToken token = json.currentToken();
    if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
      return new Given.Text(json.getString());
    }
    int start = (int) json.currentTokenLocation().getCharOffset();
    json.skipChildren();
    return new Given.Json(text.substring(start, (int) json.currentLocation().getCharOffset()));
  }

  /** The value of an option, which is a string; null when it is null. */
  @Nullable String option(String name, boolean isNumber) {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_STRING || (token == JsonToken.VALUE_NUMBER_INT && isNumber)) {
      return json.getString();
    }
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    throw wrong(
        Rejected.Fault.pointer(name),
        name + " must be a " + (isNumber ? "whole number." : "string."));
  }
}
