package dev.fermata.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What clients send, as {@code grammar.txt} says. Each character of a text is one byte. */
final class Grammar {

  /** What the grammar leaves to others, by its name. */
  interface Terminals {
    String text(String name, RandomGenerator random);
  }

  private static final Pattern ALTERNATIVE = Pattern.compile("(?:(\\d+)x(?: |$))?(.*)");
  private static final Pattern REFERENCE = Pattern.compile("<([a-z-]+)(?:\\*(\\d+))?>");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x(\\p{XDigit}{2})|(.))");
  private static final int DEEPEST = 12;

  private final Map<String, List<String>> rules = new HashMap<>();

  private Grammar() {}

  static Grammar read() {
    try (var text = Grammar.class.getResourceAsStream("grammar.txt")) {
      if (text == null) {
        throw new IllegalStateException("there is no grammar.txt");
      }
      var grammar = new Grammar();
      grammar.add(new String(text.readAllBytes(), ISO_8859_1).lines().toList());
      return grammar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(List<String> lines) {
    List<String> alternatives = List.of();
    for (String line : lines) {
      if (line.startsWith("  ")) {
        alternatives.addAll(weighted(line.substring(2)));
      } else if (line.endsWith(":") && !line.startsWith("#")) {
        alternatives = new ArrayList<>();
        rules.put(line.substring(0, line.length() - 1), alternatives);
      }
    }
  }

  private static List<String> weighted(String line) {
    Matcher alternative = ALTERNATIVE.matcher(line);
    if (!alternative.matches()) {
      throw new IllegalStateException(line);
    }
    int weight = alternative.group(1) == null ? 1 : Integer.parseInt(alternative.group(1));
    return Collections.nCopies(weight, unescaped(alternative.group(2)));
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            escape -> Matcher.quoteReplacement(character(escape.group(1), escape.group(2))));
  }

  private static String character(String hex, String letter) {
    if (hex != null) {
      return String.valueOf((char) Integer.parseInt(hex, 16));
    }
    return switch (letter) {
      case "n" -> "\n";
      case "r" -> "\r";
      case "t" -> "\t";
      case "\\" -> "\\";
      default -> throw new IllegalStateException("\\" + letter + " says nothing");
    };
  }

  /** One of the texts of a name. */
  String text(String name, Terminals terminals, RandomGenerator random) {
    return new Expansion(terminals, random).of(name, 0);
  }

  /** One text in the making. */
  private final class Expansion {

    private final Terminals terminals;
    private final RandomGenerator random;

    Expansion(Terminals terminals, RandomGenerator random) {
      this.terminals = terminals;
      this.random = random;
    }

    String of(String name, int depth) {
      List<String> alternatives = rules.get(name);
      if (alternatives == null) {
        return terminals.text(name, random);
      }
      int chosen = random.nextInt(alternatives.size());
      return filled(alternatives.get(depth < DEEPEST ? chosen : 0), depth);
    }

    private String filled(String alternative, int depth) {
      var text = new StringBuilder();
      int from = 0;
      for (Matcher reference = REFERENCE.matcher(alternative); reference.find(); ) {
        text.append(alternative, from, reference.start());
        int times = reference.group(2) == null ? 1 : Integer.parseInt(reference.group(2));
        for (int i = 0; i < times; i++) {
          text.append(of(reference.group(1), depth + 1));
        }
        from = reference.end();
      }
      return text.append(alternative, from, alternative.length()).toString();
    }
  }
}
