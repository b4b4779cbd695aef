package dev.fermata.kind;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The rules for what a kind declares as its inputs. */
final class Declaration {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  private Declaration() {}

  /**
   * Holds a declaration against the rules.
   *
   * @throws IllegalArgumentException with the input that breaks one, and how
   */
  static void check(List<Input> declared) {
    var names = new HashSet<String>();
    for (Input input : declared) {
      require(input, NAME.matcher(input.name()).matches(), "a name must match " + NAME);
      require(input, names.add(input.name()), "this name is declared twice");
      require(input, input.maxBytes() > 0, "the most bytes that it may hold must be above 0");
      checkDefault(input);
    }
    checkPrimary(declared);
  }

  private static void checkDefault(Input input) {
    String value = input.defaultValue();
    if (value != null) {
      try {
        new Check(List.of(input), Map.of(input.name(), value)).run();
      } catch (InvalidInput e) {
        String detail = e.faults().getFirst().detail();
        throw new IllegalArgumentException(
            "input " + input.name() + ": its own default is not valid: " + detail, e);
      }
    }
  }

  private static void checkPrimary(List<Input> declared) {
    List<String> primaries = declared.stream().filter(Input::primary).map(Input::name).toList();
    if (primaries.size() > 1) {
      throw new IllegalArgumentException(
          "only one input may be primary, and these are: " + String.join(", ", primaries));
    }
  }

  private static void require(Input input, boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("input " + input.name() + ": " + rule);
    }
  }
}
