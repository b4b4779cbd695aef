package dev.fermata.biology;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What of a program's output must be the same on every run. */
enum Mode {
  EXACT {
    @Override
    String of(String output) {
      return output;
    }
  },
  NOHASH {
    @Override
    String of(String output) {
      return COMMENT.matcher(output).replaceAll("");
    }
  },
  SORTED {
    @Override
    String of(String output) {
      return output.lines().sorted().map(line -> line + "\n").collect(Collectors.joining());
    }
  };

  private static final Pattern COMMENT =
      Pattern.compile("^#.*\n?", Pattern.MULTILINE | Pattern.UNIX_LINES);

  abstract String of(String output);
}
