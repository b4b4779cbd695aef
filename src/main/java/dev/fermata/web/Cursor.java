package dev.fermata.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The place in a list where the next page begins, as a word that clients only hand back. */
final class Cursor {

  private Cursor() {}

  static String of(long seq) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Long.toString(seq).getBytes(StandardCharsets.US_ASCII));
  }

  /** The sequence number that a cursor stands for. */
  static long seq(String cursor) {
    try {
      long seq =
          Long.parseLong(
              new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
      if (seq != 0 && of(seq).equals(cursor)) {
        return seq;
      }
    } catch (IllegalArgumentException e) {
      // Answered below: it is no cursor of ours.
    }
    throw QueryString.invalid("after", "It must be the \"next\" of an earlier page.");
  }
}
