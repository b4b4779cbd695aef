package dev.fermata.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one client has seen in answers, to be sent again: ids, cursors, tags. */
final class Known implements Grammar.Terminals {

  private static final int MOST = 100;
  private static final Map<String, Pattern> WHERE =
      Map.of(
          "job", Pattern.compile("\"id\":\"([0-9a-f-]{36})\""),
          "cursor", Pattern.compile("\"next\":\"([^\"]+)\""));

  private final Map<String, List<String>> seen = new HashMap<>();

  @Override
  public String text(String name, RandomGenerator random) {
    return switch (name) {
      case "byte" -> String.valueOf((char) random.nextInt(256));
      case "nested" -> nested(random);
      case "job" -> remembered(name, "01a200fb-9c63-7efc-8b73-37dd7e4bb437", random);
      case "cursor" -> remembered(name, "MQ", random);
      case "etag" -> remembered(name, "\"1\"", random);
      default -> throw new IllegalStateException("nothing is called " + name);
    };
  }

  private static String nested(RandomGenerator random) {
    int depth = 1 << random.nextInt(15);
    return random.nextBoolean()
        ? "[".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  /** As often draws from the chance, whatever has been seen. */
  private String remembered(String name, String otherwise, RandomGenerator random) {
    List<String> all = seen.getOrDefault(name, List.of());
    double chance = random.nextDouble();
    return all.isEmpty() ? otherwise : all.get((int) (chance * all.size()));
  }

  void learn(Received answer) {
    String body = answer.text();
    WHERE.forEach(
        (name, where) -> {
          for (Matcher found = where.matcher(body); found.find(); ) {
            add(name, found.group(1));
          }
        });
    answer.header("ETag").ifPresent(tag -> add("etag", tag));
  }

  private void add(String name, String text) {
    List<String> all = seen.computeIfAbsent(name, first -> new ArrayList<>());
    if (all.size() == MOST) {
      all.removeFirst();
    }
    all.add(text);
  }
}
