package dev.fermata.web;

import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a submission.
 *
 * @param kind null when it is named elsewhere
 */
record FullForm(@Nullable String kind, Map<String, Given> input, Map<String, String> options) {

  /** With the inputs in an object of their own. */
  static FullForm read(String text) {
    return JsonObject.read(text, json -> form(json, List.of("kind", "input"), List.of()));
  }

  /** With the inputs of a kind that the address stands for beside the options. */
  static FullForm readFlat(String text, Inputs inputs) {
    List<String> flat = inputs.declared().stream().map(Input::name).toList();
    return JsonObject.read(text, json -> form(json, flat, flat));
  }

  private static FullForm form(JsonObject json, List<String> own, List<String> flat) {
    List<String> fields = Stream.concat(own.stream(), Options.NAMES.stream()).toList();
    String kind = null;
    var input = new LinkedHashMap<String, Given>();
    var options = new LinkedHashMap<String, String>();
    for (String name = json.next(); name != null; name = json.next()) {
      Names.require(name, fields, "field");
      if (flat.contains(name)) {
        input.put(name, json.value());
      } else if (name.equals("kind")) {
        kind = json.option(name, false);
      } else if (name.equals("input")) {
        readInput(json, input);
      } else {
        @Nullable String value = json.option(name, Options.isNumber(name));
        if (value != null) {
          options.put(name, value);
        }
      }
    }
    return new FullForm(kind, input, options);
  }

  private static void readInput(JsonObject json, Map<String, Given> input) {
    if (!json.enter()) {
      throw JsonObject.wrong("/input", "input must be an object with the inputs by name.");
    }
    for (String name = json.next(); name != null; name = json.next()) {
      input.put(name, json.value());
    }
  }
}
