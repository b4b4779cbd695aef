package dev.fermata.web;

import dev.fermata.kind.Nearest;
import java.util.Collection;

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

  /** Says that a name is unknown, and which one may have been meant. */
  static String unknown(String name, Collection<String> known, String what) {
    String found = "There is no " + what + " \"" + name + "\"";
    String all = known.isEmpty() ? "." : "; there are: " + String.join(", ", known) + ".";
    return Nearest.to(name, known)
        .map(near -> found + "; did you mean \"" + near + "\"?")
        .orElse(found + all);
  }
}
