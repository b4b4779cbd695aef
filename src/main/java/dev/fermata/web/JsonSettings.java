package dev.fermata.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** How documents become JSON: fields as declared, times in UTC with exactly three decimals. */
@Component
final class JsonSettings implements JsonMapperBuilderCustomizer {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Override
  public void customize(JsonMapper.Builder json) {
    json.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .addModule(new SimpleModule("times").addSerializer(Instant.class, new Times()));
  }

  /** A time as it stands in JSON: in UTC, with three decimals. */
  static String text(Instant time) {
    return TIME.format(time);
  }

  private static final class Times extends StdSerializer<Instant> {

    Times() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant instant, JsonGenerator json, SerializationContext context) {
      json.writeString(text(instant));
    }
  }
}
