package dev.fermata.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The document is right in itself. */
class DocumentTest {

  private final Place root = Document.served().root();

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> references = new ArrayList<>();
    root.node().findValuesAsString("$ref", references);

    assertThat(references)
        .isNotEmpty()
        .allSatisfy(it -> assertThat(root.node().at(it.substring(1)).isMissingNode()).isFalse());
  }

  @Test
  void everyExampleIsWhatItsSchemaSays() {
    var schemas = new Schemas();
    List<String> faults = new ArrayList<>();
    media()
        .forEach(
            media ->
                examples(media)
                    .forEach(it -> faults.addAll(schemas.faults(media.at("schema"), it))));

    assertThat(faults).isEmpty();
    assertThat(media().flatMap(DocumentTest::examples)).hasSizeGreaterThan(30);
  }

  @Test
  void everyOperationHasANameOfItsOwn() {
    assertThat(operations().map(it -> it.node().path("operationId").asString()))
        .doesNotHaveDuplicates()
        .hasSameSizeAs(Document.served().routes());
  }

  private Stream<Place> media() {
    Stream<Place> asked = operations().map(it -> it.at("requestBody", "content"));
    Stream<Place> answered =
        operations().flatMap(it -> it.at("responses").children()).map(it -> it.at("content"));
    return Stream.concat(asked, answered).flatMap(Place::children);
  }

  private Stream<Place> operations() {
    return root.at("paths")
        .children()
        .flatMap(
            path -> path.names().stream().filter(it -> !it.equals("parameters")).map(path::at));
  }

  private static Stream<JsonNode> examples(Place media) {
    Place one = media.at("example");
    Stream<JsonNode> several =
        media.at("examples").children().map(example -> example.node().path("value"));
    return one.exists() ? Stream.concat(Stream.of(one.node()), several) : several;
  }
}
