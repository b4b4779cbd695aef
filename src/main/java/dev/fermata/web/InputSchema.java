package dev.fermata.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fermata.kind.Format;
import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.Records;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The inputs of a kind as JSON Schema, draft 2020-12. */
record InputSchema(
    @JsonProperty("$schema") String schema,
    String type,
    Map<String, Property> properties,
    List<String> required,
    boolean additionalProperties) {

  /** One input; a constraint that it doesn't have is left out. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Property(
      @Nullable Object type,
      String description,
      @JsonProperty("$comment") @Nullable String comment,
      @JsonProperty("default") @Nullable String defaultValue,
      @Nullable String pattern,
      long maxLength) {

    static Property of(Input input) {
      return new Property(
          type(input.format()),
          description(input),
          input.primary() ? "A raw body fills it." : null,
          input.defaultValue(),
          input.pattern() == null ? null : "^(?:" + input.pattern().pattern() + ")$",
          input.maxBytes());
    }

    private static @Nullable Object type(Format format) {
      return switch (format) {
        case NUMBER -> List.of("number", "string");
        case JSON -> null;
        case TEXT, PROTEIN, NUCLEOTIDE, FILE -> "string";
      };
    }

    private static String description(Input input) {
      String holds =
          switch (input.format()) {
            case TEXT -> "Text";
            case NUMBER -> "A number";
            case JSON -> "Any JSON value";
            case PROTEIN -> "A protein sequence" + fasta(input.records());
            case NUCLEOTIDE -> "A nucleotide sequence" + fasta(input.records());
            case FILE -> "A file";
          };
      return holds + limit(input) + ".";
    }

    /** A pattern says more than the size that any input has. */
    private static String limit(Input input) {
      return input.pattern() == null
          ? "; at most " + size(input.maxBytes())
          : " that matches " + input.pattern().pattern();
    }

    /** As settings write sizes. */
    private static String size(long bytes) {
      if (bytes % (1 << 20) == 0) {
        return (bytes >> 20) + " MB";
      }
      return bytes % (1 << 10) == 0 ? (bytes >> 10) + " KB" : bytes + " bytes";
    }

    private static String fasta(Records records) {
      return records == Records.ONE
          ? ", bare or as one FASTA record"
          : ", bare or as FASTA of any number of records";
    }
  }

  static InputSchema of(Inputs inputs) {
    var properties = new LinkedHashMap<String, Property>();
    inputs.declared().forEach(input -> properties.put(input.name(), Property.of(input)));
    return new InputSchema(
        "https://json-schema.org/draft/2020-12/schema",
        "object",
        properties,
        inputs.declared().stream().filter(Input::required).map(Input::name).toList(),
        false);
  }
}
