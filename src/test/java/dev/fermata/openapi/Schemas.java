package dev.fermata.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.IdentityHashMap;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of a document, each compiled once. Safe for use by many threads. */
final class Schemas {

  /** Draft 2020-12, which passes over what OpenAPI adds to it without a word. */
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          Dialect.builder(Dialects.getDraft202012())
              .keyword(new NonValidationKeyword("components"))
              .keyword(new NonValidationKeyword("discriminator"))
              .build());

  private final IdentityHashMap<JsonNode, Schema> compiled = new IdentityHashMap<>();

  /** What is wrong with a value, each with the JSON pointer to where. */
  List<String> faults(Place schema, JsonNode value) {
    return compiled(schema).validate(value).stream()
        .map(fault -> fault.getInstanceLocation() + ": " + fault.getMessage())
        .toList();
  }

  private synchronized Schema compiled(Place schema) {
    return compiled.computeIfAbsent(schema.node(), node -> compile(schema));
  }

  /** With all that it may refer to, so that it stands alone. */
  private Schema compile(Place schema) {
    ObjectNode whole = JsonMapper.shared().createObjectNode();
    whole.setAll((ObjectNode) schema.node());
    whole
        .putObject("components")
        .set("schemas", schema.document().path("components").path("schemas"));
    return registry.getSchema(whole);
  }
}
