package dev.fermata.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/**
 * How the bytes of a {@link Format#FILE} input travel as text: as themselves where they are text,
 * else as a {@code data:} URL (RFC 2397) in base64.
 */
public final class Content {

  private static final String SCHEME = "data:";
  private static final String BASE64 = ";base64,";
  private static final String PREFIX = SCHEME + "application/octet-stream" + BASE64;

  private Content() {}

  /** The text for some bytes; {@link #decode} gives the same bytes back. */
  public static String encode(byte[] bytes) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // A NUL is valid UTF-8, but neither text nor welcome in any input.
      if (!text.startsWith(SCHEME) && text.indexOf('\0') < 0) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Not text.
    }
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The bytes of a text.
   *
   * @throws IllegalArgumentException when it says that it is base64 and isn't
   */
  public static byte[] decode(String text) {
    int comma = text.startsWith(SCHEME) ? text.indexOf(BASE64) : -1;
    return comma < 0
        ? text.getBytes(UTF_8)
        : Base64.getDecoder().decode(text.substring(comma + BASE64.length()));
  }
}
