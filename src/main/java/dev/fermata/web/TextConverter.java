package dev.fermata.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Writes documents of one sort as text, with a line break at the end. */
final class TextConverter<T> extends AbstractHttpMessageConverter<T> {

  private final Class<T> sort;
  private final Function<T, String> text;

  TextConverter(Class<T> sort, MediaType type, Function<T, String> text) {
    super(StandardCharsets.UTF_8, type);
    this.sort = sort;
    this.text = text;
  }

  @Override
  protected boolean supports(Class<?> type) {
    return sort.isAssignableFrom(type);
  }

  @Override
  protected boolean canRead(@Nullable MediaType type) {
    return false;
  }

  @Override
  protected T readInternal(Class<? extends T> type, HttpInputMessage input) {
    throw new UnsupportedOperationException("documents are only written");
  }

  @Override
  protected void writeInternal(T document, HttpOutputMessage output) throws IOException {
    output.getBody().write((text.apply(document) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
