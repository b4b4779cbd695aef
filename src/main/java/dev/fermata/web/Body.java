package dev.fermata.web;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The whole body of a request, as it was sent.
 *
 * @param type null when the request doesn't say
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying 16 MB would cost
record Body(byte[] bytes, @Nullable MediaType type) {

  /** The media type that a header names; null for none. */
  static @Nullable MediaType type(@Nullable String header) {
    if (header == null || header.isBlank()) {
      return null;
    }
    try {
      return MediaType.parseMediaType(header);
    } catch (InvalidMediaTypeException e) {
      throw BodyForms.unsupported("\"" + header + "\" isn't a media type.");
    }
  }

  boolean is(MediaType other) {
    return type != null && other.isCompatibleWith(type);
  }

  /** The body as text, in the charset that the request names, or else UTF-8. */
  String text() {
    Charset charset = charset();
    return Percent.text(bytes, charset)
        .orElseThrow(
            () ->
                Problem.INVALID_INPUT.at(
                    "/input",
                    "The body isn't valid %s, first in line %d: is it text?"
                        .formatted(charset, badLine(charset))));
  }

  private long badLine(Charset charset) {
    ByteBuffer read = ByteBuffer.wrap(bytes);
    charset.newDecoder().decode(read, CharBuffer.allocate(bytes.length), true);
    return 1 + IntStream.range(0, read.position()).filter(i -> bytes[i] == '\n').count();
  }

  private Charset charset() {
    try {
      Charset charset = type == null ? null : type.getCharset();
      return charset == null ? StandardCharsets.UTF_8 : charset;
    } catch (IllegalArgumentException e) {
      throw BodyForms.unsupported("The charset of the body isn't known here; send UTF-8.");
    }
  }
}
