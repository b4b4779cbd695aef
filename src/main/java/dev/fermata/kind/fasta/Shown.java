package dev.fermata.kind.fasta;

import java.util.Locale;
import java.util.stream.Collectors;

/** What a client sent, made fit for a message: short, on one line, nothing invisible. */
public final class Shown {

  private static final int LONGEST = 40;

  private Shown() {}

  /** One character in quotes, or as {@code U+001B} when it can't be seen. */
  public static String character(int codePoint) {
    return isVisible(codePoint) ? "'" + Character.toString(codePoint) + "'" : number(codePoint);
  }

  /** The beginning of a text, with {@code U+001B} for what can't be seen. */
  public static String text(String text) {
    String start =
        text.codePoints()
            .limit(LONGEST)
            .mapToObj(c -> c == ' ' || isVisible(c) ? Character.toString(c) : number(c))
            .collect(Collectors.joining());
    boolean whole = text.length() <= LONGEST || text.codePointCount(0, text.length()) <= LONGEST;
    return whole ? start : start + "...";
  }

  private static String number(int codePoint) {
    return String.format(Locale.ROOT, "U+%04X", codePoint);
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
