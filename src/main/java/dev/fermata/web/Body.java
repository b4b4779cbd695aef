package dev.fermata.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The whole body of a request, as it was sent.
 *
 * @param type null when the request doesn't say
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying 16 MB would cost
record Body(byte[] bytes, @Nullable MediaType type) {

  /** Reads a body, and refuses one over the limit before reading it where its length is known. */
  static Body read(HttpServletRequest request, long limit) {
    if (request.getContentLengthLong() > limit) {
      throw tooLarge(limit);
    }
    refuseEncoded(request.getHeader(HttpHeaders.CONTENT_ENCODING));
    MediaType type = type(request.getContentType());
    byte[] bytes = bytes(request, Math.toIntExact(limit + 1));
    if (bytes.length > limit) {
      throw tooLarge(limit);
    }
    return new Body(bytes, type);
  }

  private static void refuseEncoded(@Nullable String encoding) {
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Problem.UNSUPPORTED_MEDIA_TYPE
          .because("Bodies in the encoding " + encoding + " aren't taken; send it as it is.")
          .with(HttpHeaders.ACCEPT_ENCODING, "identity");
    }
  }

  private static byte[] bytes(HttpServletRequest request, int most) {
    try {
      return request.getInputStream().readNBytes(most);
    } catch (IOException e) {
      throw Problem.BAD_REQUEST.because("The body ended before it was complete.");
    }
  }

  private static Rejected tooLarge(long limit) {
    return Problem.TOO_LARGE.because("The body may hold at most " + limit + " bytes.");
  }

  private static @Nullable MediaType type(@Nullable String header) {
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
