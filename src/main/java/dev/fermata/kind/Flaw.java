package dev.fermata.kind;

import java.util.Optional;

/** What no text may hold, whatever its format. */
final class Flaw {

  private Flaw() {}

  /** The first flaw of a value, in words. */
  static Optional<String> of(String value) {
    for (int place = 0; place < value.length(); place++) {
      char c = value.charAt(place);
      if (c == 0) {
        return Optional.of(
            "holds a NUL (U+0000) at "
                + where(value, place)
                + "; this looks binary, not like text");
      }
      if (Character.isSurrogate(c)) {
        if (Character.charCount(value.codePointAt(place)) == 1) {
          return Optional.of("is not Unicode: half a surrogate pair at " + where(value, place));
        }
        place++;
      }
    }
    return Optional.empty();
  }

  private static String where(String value, int place) {
    int lineStart = value.lastIndexOf('\n', place) + 1;
    long line = 1 + value.chars().limit(place).filter(c -> c == '\n').count();
    return "line " + line + ", column " + (value.codePointCount(lineStart, place) + 1);
  }
}
