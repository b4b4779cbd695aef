package dev.fermata.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.kind.fasta.Shown;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the declaration of an input says about every value: how large, and of which shape. */
final class Bounds {

  private Bounds() {}

  static Optional<String> size(Input input, String value) {
    int size = value.getBytes(UTF_8).length;
    return size <= input.maxBytes()
        ? Optional.empty()
        : Optional.of("has " + size + " bytes; the limit is " + input.maxBytes());
  }

  static Optional<String> shape(Input input, String value) {
    Pattern pattern = input.pattern();
    if (pattern == null) {
      return Optional.empty();
    }
    Matcher matcher = pattern.matcher(value);
    try {
      return matcher.matches() ? Optional.empty() : Optional.of(mismatch(matcher, value));
    } catch (StackOverflowError e) {
      // Java matches a repeated group by recursion: a long value can be too much for the stack.
      return Optional.of("is too long to be matched with " + pattern);
    }
  }

  /** Says what must match, and, as well as can be told, where it ceases to. */
  private static String mismatch(Matcher matcher, String value) {
    String rule = "must match " + matcher.pattern();
    if (value.isEmpty()) {
      return "is empty; it " + rule;
    }
    int fits = matcher.reset().lookingAt() ? matcher.end() : 0;
    String from =
        fits == value.length()
            ? ""
            : ", and doesn't from character %d (%s) on"
                .formatted(
                    value.codePointCount(0, fits) + 1, Shown.character(value.codePointAt(fits)));
    return "\"" + Shown.text(value) + "\" " + rule + from;
  }
}
