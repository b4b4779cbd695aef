package dev.fermata.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends to give a session metadata.
 *
 * @param meta a JSON object, as it was written
 */
record MetaForm(String meta) {

  static MetaForm read(String text) {
    return JsonObject.read(text, MetaForm::form);
  }

  private static MetaForm form(JsonObject json) {
    @Nullable Given meta = null;
    for (String name = json.next(); name != null; name = json.next()) {
      Names.require(name, List.of("meta"), "field");
      meta = json.value();
    }
    if (!(meta instanceof Given.Json(String source)) || !source.startsWith("{")) {
      throw JsonObject.wrong("/meta", "meta must be given, and be a JSON object.");
    }
    int size = source.getBytes(UTF_8).length;
    if (size > Session.MOST_META) {
      throw JsonObject.wrong(
          "/meta", "meta has " + size + " bytes; the limit is " + Session.MOST_META + ".");
    }
    return new MetaForm(source);
  }
}
