package dev.fermata.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** How what has parts lies in a column. */
final class Json {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** Half of a surrogate pair has no UTF-8: escaped, it comes back as it was. */
  private static final ObjectWriter ASCII = MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private Json() {}

  static String write(Object value) {
    return ASCII.writeValueAsString(value);
  }

  static <T> T read(String column, Class<T> type) {
    return MAPPER.readValue(column, type);
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
