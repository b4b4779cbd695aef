package dev.fermata.kind;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a client gave for a kind's inputs can't be accepted. */
public final class InvalidInput extends RuntimeException {

  /**
   * One thing that is wrong.
   *
   * @param input the name of the input; the empty string for the inputs as a whole
   * @param detail for people: what is wrong, in which line, what to do
   */
  public record Fault(String input, String detail) {
    @Override
    public String toString() {
      return input.isEmpty() ? detail : input + ": " + detail;
    }
  }

  private final List<Fault> faults;

  public InvalidInput(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  /** Everything that is wrong, in the order of the inputs; never empty. */
  public List<Fault> faults() {
    return faults;
  }

  /** The same, with something to say first. */
  public InvalidInput but(Fault first) {
    return new InvalidInput(Stream.concat(Stream.of(first), faults.stream()).toList());
  }
}
