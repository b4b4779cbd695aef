package dev.fermata.kind;

import dev.fermata.kind.InvalidInput.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The declared inputs of a kind, in order: the one place where what a client gave is checked. */
public final class Inputs {

  /**
   * What became of the given values.
   *
   * @param values every declared input, in declared order, repaired, defaults filled in
   * @param warnings what was repaired or looks odd, for people
   */
  public record Checked(Map<String, String> values, List<String> warnings) {}

  private final List<Input> declared;

  /**
   * Takes a declaration that makes sense.
   *
   * @throws IllegalArgumentException when it makes none, with what is wrong and where
   */
  public Inputs(List<Input> declared) {
    this.declared = List.copyOf(declared);
    Declaration.check(this.declared);
  }

  public List<Input> declared() {
    return declared;
  }

  public Optional<Input> find(String name) {
    return declared.stream().filter(input -> input.name().equals(name)).findFirst();
  }

  public Optional<Input> primary() {
    return declared.stream().filter(Input::primary).findFirst();
  }

  /**
   * A raw body as values by name: it fills the primary input.
   *
   * @throws InvalidInput when there is no primary input
   */
  public Map<String, String> raw(String body) {
    Input primary = primary().orElseThrow(() -> new InvalidInput(List.of(noPrimary())));
    return Map.of(primary.name(), body);
  }

  /**
   * Checks and repairs values given by name. Checked values, checked again, stay as they are.
   *
   * @throws InvalidInput with everything that is wrong: unknown names first, then in declared order
   */
  public Checked check(Map<String, String> given) {
    return new Check(declared, given).run();
  }

  private Fault noPrimary() {
    String names = String.join(", ", declared.stream().map(Input::name).toList());
    return new Fault(
        "",
        declared.isEmpty()
            ? "this kind takes no inputs, and so no raw body"
            : "this kind takes no raw body; give its inputs by name: " + names);
  }
}
