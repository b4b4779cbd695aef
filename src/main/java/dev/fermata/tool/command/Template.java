package dev.fermata.tool.command;

import static java.util.stream.Collectors.joining;

import dev.fermata.kind.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A text with places for inputs: <code>{name}</code> stands for a value, <code>{{</code> for a
 * brace, and a lone <code>}</code> for itself. Immutable.
 */
record Template(List<Part> parts) {

  /** A stretch of a template. */
  sealed interface Part {

    String in(Map<String, String> values);

    /** The input that it stands for, if it does. */
    Optional<String> input();

    /** Stands for itself. */
    record Literal(String text) implements Part {
      @Override
      public String in(Map<String, String> values) {
        return text;
      }

      @Override
      public Optional<String> input() {
        return Optional.empty();
      }
    }

    /** Stands for an input's value. */
    record Place(String name) implements Part {
      @Override
      public String in(Map<String, String> values) {
        return values.getOrDefault(name, "");
      }

      @Override
      public Optional<String> input() {
        return Optional.of(name);
      }
    }
  }

  private static final Pattern BRACE = Pattern.compile("\\{\\{|\\{(?<name>[^{}]*)}|\\{");

  Template {
    parts = List.copyOf(parts);
  }

  /**
   * Reads a template.
   *
   * @param place where it stands in the settings, for people
   * @param known the inputs that it may name
   * @throws IllegalArgumentException when it names another one, or leaves a brace open
   */
  static Template parse(String place, String text, Set<String> known) {
    var parts = new ArrayList<Part>();
    Matcher brace = BRACE.matcher(text);
    int end = 0;
    while (brace.find()) {
      literal(parts, text.substring(end, brace.start()));
      end = brace.end();
      if (brace.group().equals("{{")) {
        literal(parts, "{");
      } else {
        parts.add(new Part.Place(known(place, brace.group("name"), known)));
      }
    }
    literal(parts, text.substring(end));
    return new Template(parts);
  }

  /** The text with every input in its place. */
  String in(Map<String, String> values) {
    return parts.stream().map(part -> part.in(values)).collect(joining());
  }

  /** The names of the inputs in it. */
  Set<String> inputs() {
    return parts.stream()
        .flatMap(part -> part.input().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What stands before the first input. */
  String beginning() {
    return parts.stream()
        .takeWhile(part -> part.input().isEmpty())
        .map(part -> part.in(Map.of()))
        .collect(joining());
  }

  private static void literal(List<Part> parts, String text) {
    if (!text.isEmpty()) {
      parts.add(new Part.Literal(text));
    }
  }

  private static String known(String place, @Nullable String name, Set<String> known) {
    if (name == null) {
      throw new IllegalArgumentException(place + ": a { is not closed; {{ is a literal brace");
    }
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "%s: there is no input {%s}%s; {{ is a literal brace"
              .formatted(
                  place,
                  name,
                  Nearest.to(name, known)
                      .map(near -> ", did you mean {" + near + "}?")
                      .orElse("")));
    }
    return name;
  }
}
