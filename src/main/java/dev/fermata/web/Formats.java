package dev.fermata.web;

import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The formats that documents are written in: JSON, one line of text, and HTML. */
@Configuration(proxyBeanMethods = false)
class Formats {

  @Bean
  JacksonJsonHttpMessageConverter jsonLines(JsonMapper mapper) {
    return new JacksonJsonHttpMessageConverter(mapper) {
      @Override
      protected void writeSuffix(JsonGenerator json, Object document) {
        json.writeRaw('\n'); // so that a terminal's prompt stands on a line of its own
      }
    };
  }

  @Bean
  ServerHttpMessageConvertersCustomizer textAndPages() {
    return converters ->
        converters
            .addCustomConverter(
                new TextConverter<>(Spoken.class, MediaType.TEXT_PLAIN, Spoken::line))
            .addCustomConverter(new TextConverter<>(Page.class, MediaType.TEXT_HTML, Page::html));
  }
}
