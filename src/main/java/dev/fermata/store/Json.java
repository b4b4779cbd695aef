package dev.fermata.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How lists and maps of text lie in a column. */
final class Json {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static Map<String, String> map(@Nullable String column) {
    return column == null
        ? Map.of()
        : MAPPER.readValue(column, new TypeReference<LinkedHashMap<String, String>>() {});
  }

  static List<String> list(@Nullable String column) {
    return column == null
        ? List.of()
        : MAPPER.readValue(column, new TypeReference<List<String>>() {});
  }
}
