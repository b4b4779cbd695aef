package dev.fermata.tool.command;

import dev.fermata.tool.command.Template.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A filled template as it is read by a program that takes it for a path. A client's value must not
 * lead out of the experiment directory, neither by itself nor together with what stands beside it;
 * what a deployer wrote as a whole may lead anywhere.
 */
final class WayOut {

  /**
   * An absolute path, a home, or a step up: at the beginning, or behind what parts a name from its
   * value and one value from the next.
   */
  private static final Pattern IN_VALUE =
      Pattern.compile("(?:^|[=:,@])[/~]|(?:^|[/=:,@])\\.\\.(?=\\z|[/=:,@])");

  /** Where parts meet, a step up may also follow the letter of an option: -I{x} or -I.{x}. */
  private static final Pattern IN_WHOLE = Pattern.compile("(?:^|[=:,@])[/~]|\\.\\.(?=\\z|[/=:,@])");

  /** Where a part ended up. */
  private record Span(Part part, int start, int end) {

    boolean holds(MatchResult match) {
      return start <= match.start() && match.end() <= end;
    }

    boolean touches(MatchResult match) {
      return start <= match.end() && match.start() <= end;
    }
  }

  private final StringBuilder text = new StringBuilder();
  private final List<Span> spans = new ArrayList<>();

  private WayOut(Template template, Map<String, String> values) {
    for (Part part : template.parts()) {
      int start = text.length();
      text.append(part.in(values));
      spans.add(new Span(part, start, text.length()));
    }
  }

  /** The first input that leads out; empty when none does. */
  static Optional<String> by(Template template, Map<String, String> values) {
    return template.parts().stream()
        .filter(part -> IN_VALUE.matcher(part.in(values)).find())
        .flatMap(part -> part.input().stream())
        .findFirst()
        .or(() -> new WayOut(template, values).byParts());
  }

  private Optional<String> byParts() {
    return IN_WHOLE
        .matcher(text)
        .results()
        .filter(match -> !standsInOnePart(match))
        .flatMap(match -> spans.stream().filter(span -> span.touches(match)))
        .flatMap(span -> span.part().input().stream())
        .findFirst();
  }

  /** Values were looked at one by one, and a literal is meant as it is, unless it became first. */
  private boolean standsInOnePart(MatchResult match) {
    boolean becameFirst = match.start() == 0 && spans.getFirst().end() == 0;
    return !becameFirst && spans.stream().anyMatch(span -> span.holds(match));
  }
}
