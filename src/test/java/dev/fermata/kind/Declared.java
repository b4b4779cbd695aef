package dev.fermata.kind;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Inputs as kinds declare them, for the tests. */
final class Declared {

  static final Input NAME =
      new Input(
          "query_name",
          false,
          false,
          Format.TEXT,
          "query",
          Pattern.compile("[A-Za-z0-9_.|:-]{1,200}"),
          1_000,
          Records.ONE);

  private Declared() {}

  /** A name and a sequence, as every search declares them. */
  static Inputs search(Format format, Records records) {
    return new Inputs(List.of(NAME, sequence(format, records)));
  }

  static Input sequence(Format format, Records records) {
    return new Input("query_sequence", true, true, format, null, null, 20_000_000, records);
  }

  static Input optional(String name, Format format) {
    return new Input(name, false, false, format, null, null, 1_000, Records.ONE);
  }

  static Input text(String name, @Nullable String defaultValue, @Nullable String pattern) {
    Pattern compiled = pattern == null ? null : Pattern.compile(pattern);
    return new Input(name, false, false, Format.TEXT, defaultValue, compiled, 1_000, Records.ONE);
  }
}
