package dev.fermata.pages;

import dev.fermata.pages.Step.Compare;
import dev.fermata.pages.Step.Give;
import dev.fermata.pages.Step.Save;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page as its reader follows it: blocks of {@code sh} are typed, in those of {@code console} each
 * line behind a {@code $} is typed and the lines below it are what comes, and a block whose first
 * line names a file in a comment is saved as that file.
 */
record Page(List<Step> steps) {

  private static final Pattern FENCE = Pattern.compile("```(\\w*)");
  private static final Pattern FILE = Pattern.compile("(?:#|//) ([\\w/.-]+\\.[\\w-]+)");
  private static final Set<String> TYPED = Set.of("sh", "console");
  private static final String PROMPT = "$ ";

  static Page read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    var steps = new ArrayList<Step>();
    for (int begin = 0; begin < lines.size(); begin++) {
      Matcher fence = FENCE.matcher(lines.get(begin));
      if (fence.matches()) {
        int end = begin + 1 + lines.subList(begin + 1, lines.size()).indexOf("```");
        steps.addAll(block(fence.group(1), begin + 2, lines.subList(begin + 1, end)));
        begin = end;
      }
    }
    return new Page(List.copyOf(steps));
  }

  private static List<Step> block(String language, int line, List<String> block) {
    Matcher file = FILE.matcher(block.isEmpty() ? "" : block.getFirst());
    if (file.matches()) {
      return List.of(new Save(line, file.group(1), String.join("\n", block) + "\n"));
    }
    if (!TYPED.contains(language)) {
      return List.of();
    }
    return language.equals("sh")
        ? List.of(new Give(line, String.join("\n", block)))
        : conversation(line, block);
  }

  private static List<Step> conversation(int line, List<String> block) {
    var steps = new ArrayList<Step>();
    for (int begin = 0; begin < block.size(); ) {
      int shown = begin + 1 + restOfHereDocument(block.subList(begin, block.size()));
      int end = shown;
      while (end < block.size() && !block.get(end).startsWith(PROMPT)) {
        end++;
      }
      String command = String.join("\n", block.subList(begin, shown)).substring(PROMPT.length());
      steps.add(new Compare(line + begin, command, List.copyOf(block.subList(shown, end))));
      begin = end;
    }
    return steps;
  }

  private static int restOfHereDocument(List<String> block) {
    return block.getFirst().endsWith("<<'END'") ? block.indexOf("END") : 0;
  }
}
