package dev.fermata.promises;

import java.util.List;

/** All that was seen of a server with these rules, in the order in which it was seen. */
public record History(Rules rules, List<Seen> seen) {

  public History {
    seen = List.copyOf(seen);
  }

  /** Does nothing when every invariant holds of it, all along. */
  public void check() {
    var known = Known.nothing(rules);
    for (int i = 0; i < seen.size(); i++) {
      try {
        known = Invariant.check(known, seen.get(i));
      } catch (Broken broken) {
        List<Seen> context = seen.subList(Math.max(0, i - 20), i + 1);
        throw new AssertionError(
            "%s, of\n%s\nafter %s".formatted(broken.getMessage(), known, context), broken);
      }
    }
  }
}
