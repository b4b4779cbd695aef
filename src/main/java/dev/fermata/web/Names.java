package dev.fermata.web;

import dev.fermata.kind.Nearest;
import dev.fermata.kind.fasta.Shown;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Names that a client gave, against those that there are. */
final class Names {

  private Names() {}

  /** Refuses an unknown name of a field or a parameter. */
  static void require(String name, Collection<String> known, String what) {
    require(name, known, what, name);
  }

  /** Refuses an unknown name that stands as the value of a field or a parameter. */
  static void require(String name, Collection<String> known, String what, String field) {
    if (!known.contains(name)) {
      throw Problem.INVALID_PARAMETER.at(Rejected.Fault.pointer(field), unknown(name, known, what));
    }
  }

  /** The word that an option holds, out of those that there are; empty when it isn't given. */
  static <E extends Enum<E>> Optional<E> word(
      Map<String, String> given, String option, Class<E> words) {
    return Options.of(given, option).map(word -> word(word, option, words));
  }

  private static <E extends Enum<E>> E word(String word, String option, Class<E> words) {
    var known = new LinkedHashMap<String, E>();
    for (E each : words.getEnumConstants()) {
      known.put(each.name().toLowerCase(Locale.ROOT), each);
    }
    require(word, known.keySet(), option, option);
    return Objects.requireNonNull(known.get(word));
  }

  /** Says that a name is unknown, and which one may have been meant. */
  static String unknown(String name, Collection<String> known, String what) {
    String found = "There is no " + what + " \"" + Shown.text(name) + "\"";
    String all = known.isEmpty() ? "." : "; there are: " + String.join(", ", known) + ".";
    return Nearest.to(name, known)
        .map(near -> found + "; did you mean \"" + near + "\"?")
        .orElse(found + all);
  }
}
