package dev.fermata.kind;

import dev.fermata.kind.fasta.Alphabet;
import dev.fermata.kind.fasta.Fasta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sequences among the values that a client gave, and the names in their headers. */
final class Sequences {

  private static final String SEQUENCE = "_sequence";
  private static final String NAME = "_name";

  private final Map<String, Fasta> read = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  static Sequences among(List<Input> declared, Map<String, String> given) {
    var sequences = new Sequences();
    for (Input input : declared) {
      String sent = given.getOrDefault(input.name(), input.defaultValue());
      if (sent != null && input.format().isSequence() && Flaw.of(sent).isEmpty()) {
        sequences.read(input, sent);
      }
    }
    return sequences;
  }

  Optional<Fasta> of(Input input) {
    return Optional.ofNullable(read.get(input.name()));
  }

  /**
   * What a header says for the text that goes with a sequence: {@code query_name} is the first word
   * of the header of {@code query_sequence}.
   */
  Optional<String> name(Input input) {
    return input.format() == Format.TEXT
        ? Optional.ofNullable(names.get(input.name()))
        : Optional.empty();
  }

  private void read(Input input, String sent) {
    var alphabet = input.format() == Format.PROTEIN ? Alphabet.PROTEIN : Alphabet.NUCLEOTIDE;
    boolean one = input.records() == Records.ONE;
    Fasta fasta = one ? Fasta.one(sent, alphabet) : Fasta.many(sent, alphabet);
    read.put(input.name(), fasta);
    if (one && input.name().endsWith(SEQUENCE) && !fasta.name().isEmpty()) {
      String stem = input.name().substring(0, input.name().length() - SEQUENCE.length());
      names.put(stem + NAME, fasta.name());
    }
  }
}
