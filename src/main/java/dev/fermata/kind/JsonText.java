package dev.fermata.kind;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Text that should be JSON, as RFC 8259 defines it. The one class of this room that uses a library:
 * a JSON parser of our own would have to be proven against every odd escape and number, and the
 * streaming parser reads a value without building it.
 */
final class JsonText {

  private static final Pattern NUMBER =
      Pattern.compile("-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /** Why a text isn't exactly one JSON value; empty when it is. */
  static Optional<String> fault(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        return Optional.of("is empty; a JSON value is needed");
      }
      parser.skipChildren();
      return parser.nextToken() == null
          ? Optional.empty()
          : Optional.of(
              "holds more than one JSON value; the second" + where(parser.currentTokenLocation()));
    } catch (StreamConstraintsException e) { // which doesn't say where
      return Optional.of("nests too deep, or holds a number that is too long");
    } catch (JacksonException e) {
      return Optional.of("can't be read as JSON: the fault" + where(e.getLocation()));
    }
  }

  private static String where(TokenStreamLocation place) {
    return " is at line " + place.getLineNr() + ", column " + place.getColumnNr();
  }
}
