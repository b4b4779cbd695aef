package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.kind.Format;
import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.Records;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullFormTest {

  private static final Inputs CHAT =
      new Inputs(
          List.of(new Input("content", true, true, Format.TEXT, null, null, 1000, Records.ONE)));

  @Test
  void readsKindInputAndOptions() {
    FullForm form =
        FullForm.read("{\"kind\":\"k\",\"input\":{\"a\":\"x\"},\"lane\":\"l\",\"maxAttempts\":1}");

    assertThat(form.kind()).isEqualTo("k");
    assertThat(form.input()).containsEntry("a", new Given.Text("x"));
    assertThat(form.options()).containsEntry("lane", "l").containsEntry("maxAttempts", "1");
  }

  @Test
  void numbersAndObjectsStayAsTheyWereWritten() {
    FullForm form =
        FullForm.read(
            "{\"input\":{\"a\":1.50,\"b\":1e400,\"c\":true,\"d\":{ \"x\": [1, 2.0] },\"e\":null}}");

    assertThat(form.input())
        .containsEntry("a", new Given.Text("1.50"))
        .containsEntry("b", new Given.Text("1e400"))
        .containsEntry("c", new Given.Text("true"))
        .containsEntry("d", new Given.Json("{ \"x\": [1, 2.0] }"))
        .containsEntry("e", new Given.Json("null"));
  }

  @Test
  void flatItHasTheInputsBesideTheOptions() {
    FullForm form = FullForm.readFlat("{\"content\":\"Hello\",\"onBusy\":\"reject\"}", CHAT);

    assertThat(form.kind()).isNull();
    assertThat(form.input()).containsExactly(Map.entry("content", new Given.Text("Hello")));
    assertThat(form.options()).containsExactly(Map.entry("onBusy", "reject"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind", "input", "contnt"})
  void flatItHasNoOtherField(String field) {
    assertThatThrownBy(() -> FullForm.readFlat("{\"" + field + "\":\"chat\"}", CHAT))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("\"" + field + "\"");
  }

  @Test
  void anUnknownFieldIsRefusedWithTheNearestName() {
    assertThatThrownBy(() -> FullForm.read("{\"inputs\":{}}"))
        .isInstanceOfSatisfying(
            Rejected.class,
            it ->
                assertThat(it.document("/jobs").errors().getFirst().pointer()).isEqualTo("/inputs"))
        .hasMessageContaining("\"input\"");
  }

  @Test
  void aWrongTypeIsRefusedWithItsPlace() {
    assertRefused("{\"lane\":7}", "/lane");
    assertRefused("{\"kind\":{}}", "/kind");
    assertRefused("{\"input\":[]}", "/input");
    assertRefused("{\"maxAttempts\":1.5}", "/maxAttempts");
    assertRefused("[]", "");
    assertRefused("\"x\"", "");
  }

  @Test
  void malformedJsonIsRefusedWithLineAndColumn() {
    assertMalformed("{\n \"kind\": }", "line 2, column");
    assertMalformed("", "line 1, column");
    assertMalformed("{\"kind\":\"a\"", "line 1");
    assertMalformed("{} {}", "behind the end");
    assertMalformed("{\"kind\":\"a\",\"kind\":\"b\"}", "kind");
    assertMalformed("{\"input\":{\"a\":\"1\",\"a\":\"2\"}}", "a");
  }

  private static void assertRefused(String json, String pointer) {
    assertThatThrownBy(() -> FullForm.read(json))
        .isInstanceOfSatisfying(
            Rejected.class,
            it -> assertThat(it.document("/").errors().getFirst().pointer()).isEqualTo(pointer));
  }

  private static void assertMalformed(String json, String detail) {
    assertThatThrownBy(() -> FullForm.read(json))
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.problem()).isEqualTo(Problem.MALFORMED_JSON))
        .hasMessageContaining(detail);
  }
}
