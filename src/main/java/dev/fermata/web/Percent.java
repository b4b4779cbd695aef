package dev.fermata.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding (RFC 3986, and the HTML forms' variant), read strictly. */
final class Percent {

  private Percent() {}

  /** Decodes a part of a path; empty when it is malformed. */
  static Optional<String> decode(String text) {
    return decode(text, false);
  }

  /** Decodes a name or a value of a form or a query, where + is a space; empty when malformed. */
  static Optional<String> decodeForm(String text) {
    return decode(text, true);
  }

  private static Optional<String> decode(String text, boolean plusIsSpace) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    var decoded = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] == '%') {
        int octet = i + 2 < encoded.length ? octet(encoded[i + 1], encoded[i + 2]) : -1;
        if (octet < 0) {
          return Optional.empty();
        }
        decoded.write(octet);
        i += 2;
      } else {
        decoded.write(plusIsSpace && encoded[i] == '+' ? ' ' : encoded[i]);
      }
    }
    return text(decoded.toByteArray(), StandardCharsets.UTF_8);
  }

  private static int octet(byte high, byte low) {
    int digits = Character.digit(high, 16) << 4 | Character.digit(low, 16);
    return digits < 0 ? -1 : digits;
  }

  /** Decodes bytes; empty when they aren't valid in the charset. */
  static Optional<String> text(byte[] bytes, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
