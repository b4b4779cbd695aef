package dev.fermata.kind;

import dev.fermata.kind.Inputs.Checked;
import dev.fermata.kind.InvalidInput.Fault;
import dev.fermata.kind.fasta.Fasta;
import dev.fermata.kind.fasta.Shown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One look at the values that a client gave, which collects all that is wrong with them. */
final class Check {

  private static final String HEADER = "the first word of the header, which fills it, ";

  private final List<Input> declared;
  private final Map<String, String> given;
  private final Sequences sequences;
  private final List<Fault> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Check(List<Input> declared, Map<String, String> given) {
    this.declared = declared;
    this.given = given;
    this.sequences = Sequences.among(declared, given);
  }

  Checked run() {
    faults.addAll(Unknown.among(given.keySet(), declared.stream().map(Input::name).toList()));
    var values = new LinkedHashMap<String, String>();
    declared.forEach(input -> values.put(input.name(), value(input)));
    if (!faults.isEmpty()) {
      throw new InvalidInput(faults);
    }
    return new Checked(Collections.unmodifiableMap(values), List.copyOf(warnings));
  }

  private String value(Input input) {
    Optional<String> header = header(input);
    if (header.isPresent()) {
      String name = header.get();
      size(input, name, HEADER);
      shape(input, name, HEADER);
      return name;
    }
    String sent = given.getOrDefault(input.name(), input.defaultValue());
    if (sent == null || isLeftEmpty(input, sent)) {
      if (input.required()) {
        fault(input, "is required, and was not given");
      }
      return "";
    }
    return checked(input, sent);
  }

  /** A header says only what the client didn't. */
  private Optional<String> header(Input input) {
    return given.getOrDefault(input.name(), "").isEmpty()
        ? sequences.name(input)
        : Optional.empty();
  }

  /** An optional input that was left empty, or was stored so, needs to match nothing. */
  private static boolean isLeftEmpty(Input input, String sent) {
    boolean empty = input.format().isSequence() ? sent.isBlank() : sent.isEmpty();
    return empty && !input.required() && input.defaultValue() == null;
  }

  private String checked(Input input, String sent) {
    Optional<String> flaw = Flaw.of(sent);
    if (flaw.isPresent()) {
      fault(input, flaw.get());
      return "";
    }
    int before = faults.size();
    String value = formed(input, sent);
    size(input, value, "");
    if (faults.size() == before) {
      shape(input, value, "");
    }
    return value;
  }

  private String formed(Input input, String sent) {
    return switch (input.format()) {
      case TEXT, FILE -> sent;
      case NUMBER -> number(input, sent.strip());
      case JSON -> json(input, sent);
      case PROTEIN, NUCLEOTIDE -> sequence(input, sequences.of(input).orElseThrow());
    };
  }

  private String number(Input input, String value) {
    if (!JsonText.isNumber(value)) {
      fault(input, "is not a JSON number: \"" + Shown.text(value) + "\"");
    }
    return value;
  }

  private String json(Input input, String value) {
    JsonText.fault(value).ifPresent(detail -> fault(input, detail));
    return value;
  }

  private String sequence(Input input, Fasta fasta) {
    fasta.faults().forEach(detail -> fault(input, detail));
    fasta.warnings().forEach(warning -> warnings.add(input.name() + ": " + warning));
    return fasta.value();
  }

  private void size(Input input, String value, String origin) {
    Bounds.size(input, value).ifPresent(detail -> fault(input, origin + detail));
  }

  private void shape(Input input, String value, String origin) {
    Bounds.shape(input, value).ifPresent(detail -> fault(input, origin + detail));
  }

  private void fault(Input input, String detail) {
    faults.add(new Fault(input.name(), detail));
  }
}
