package dev.fermata.pages;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a page shows, held against what comes. {@code ...} stands for anything in its line, and
 * alone in a line for any lines; ids, times and the like may be others than the page's. The id that
 * was seen in place of one of the page's stands for it from then on.
 */
final class Transcript {

  private static final String ELLIPSIS = "...";

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** What no two runs have in common. */
  private static final List<Pattern> VARYING =
      List.of(
          ID,
          Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z"),
          Pattern.compile("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"),
          Pattern.compile("Currently \\d+ jobs"),
          Pattern.compile("Recovered \\d+ unfinished"),
          Pattern.compile("\\{\"count\":\\d+}"));

  private static final Pattern LOOSE =
      Pattern.compile(
          VARYING.stream().map(Pattern::pattern).collect(Collectors.joining("|"))
              + "|"
              + Pattern.quote(ELLIPSIS));

  private final Map<String, String> ids = new HashMap<>();

  /** A command of the page, with the ids of this run. */
  String translated(String command) {
    return ID.matcher(command).replaceAll(id -> ids.getOrDefault(id.group(), id.group()));
  }

  /** Whether this is what the page shows. */
  boolean matches(List<String> shown, String seen) {
    String pattern = shown.stream().map(this::line).collect(Collectors.joining());
    Matcher matcher = Pattern.compile(pattern).matcher(ended(seen));
    boolean matches = matcher.matches();
    if (matches) {
      learn(shown, matcher);
    }
    return matches;
  }

  private static String ended(String text) {
    return text.stripTrailing()
        .lines()
        .map(line -> line.stripTrailing() + "\n")
        .collect(Collectors.joining());
  }

  private String line(String shown) {
    if (shown.equals(ELLIPSIS)) {
      return "(?:.*\n)*?";
    }
    var pattern = new StringBuilder();
    Matcher loose = LOOSE.matcher(shown.stripTrailing());
    int end = 0;
    while (loose.find()) {
      pattern.append(Pattern.quote(shown.substring(end, loose.start())));
      pattern.append(standIn(loose.group()));
      end = loose.end();
    }
    return pattern
        .append(Pattern.quote(shown.stripTrailing().substring(end)))
        .append("\n")
        .toString();
  }

  private String standIn(String loose) {
    if (loose.equals(ELLIPSIS)) {
      return ".*";
    }
    if (ID.matcher(loose).matches()) {
      return ids.getOrDefault(loose, "(" + ID.pattern() + ")");
    }
    return VARYING.stream()
        .filter(each -> each.matcher(loose).matches())
        .findFirst()
        .orElseThrow()
        .pattern();
  }

  private void learn(List<String> shown, Matcher matcher) {
    List<String> unknown =
        ID.matcher(String.join("\n", shown))
            .results()
            .map(MatchResult::group)
            .filter(id -> !ids.containsKey(id))
            .toList();
    for (int group = 1; group <= matcher.groupCount(); group++) {
      ids.putIfAbsent(unknown.get(group - 1), matcher.group(group));
    }
  }
}
