package dev.fermata.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code name=value} pairs of a query string or a form, in order, names decoded. */
final class Pairs {

  /**
   * One of them.
   *
   * @param value decoded; empty when it is malformed
   */
  record Pair(String name, Optional<String> value) {}

  private Pairs() {}

  /** Reads pairs; empty when a name is malformed, as in a text that is no form at all. */
  static Optional<List<Pair>> read(String text) {
    var pairs = new ArrayList<Pair>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      Optional<String> name = Percent.decodeForm(equals < 0 ? pair : pair.substring(0, equals));
      if (name.isEmpty()) {
        return Optional.empty();
      }
      pairs.add(
          new Pair(name.get(), Percent.decodeForm(equals < 0 ? "" : pair.substring(equals + 1))));
    }
    return Optional.of(pairs);
  }
}
