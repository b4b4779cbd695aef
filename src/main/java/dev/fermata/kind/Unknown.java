package dev.fermata.kind;

import dev.fermata.kind.InvalidInput.Fault;
import dev.fermata.kind.fasta.Shown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Names that a client gave and the kind doesn't declare. */
final class Unknown {

  private static final int FEW = 20;

  private Unknown() {}

  /** A fault for each of the first few, and one for all the others. */
  static List<Fault> among(Collection<String> given, List<String> declared) {
    List<String> unknown = given.stream().filter(name -> !declared.contains(name)).toList();
    var faults = new ArrayList<Fault>();
    unknown.stream().limit(FEW).forEach(name -> faults.add(fault(name, declared)));
    if (unknown.size() > FEW) {
      faults.add(new Fault("", "and " + (unknown.size() - FEW) + " more unknown inputs"));
    }
    return faults;
  }

  private static Fault fault(String name, List<String> declared) {
    String hint =
        Nearest.to(name, declared)
            .map(nearest -> "did you mean " + nearest + "?")
            .orElseGet(() -> "it takes " + all(declared));
    return new Fault(Shown.text(name), "is not an input of this kind; " + hint);
  }

  private static String all(List<String> declared) {
    return declared.isEmpty() ? "none" : String.join(", ", declared);
  }
}
