package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaFormTest {

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"n\":1.50,\"a\":[{}]}", "{ \"t\" : \"{\\u00e4\" }"})
  void anObjectIsTakenAsItWasWritten(String meta) {
    assertThat(MetaForm.read("{\"meta\": " + meta + " }").meta()).isEqualTo(meta);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | /meta",
        "{\"meta\":null} | /meta",
        "{\"meta\":[]} | /meta",
        "{\"meta\":\"{}\"} | /meta",
        "{\"meta\":1} | /meta",
        "{\"meta\":{},\"more\":1} | /more",
        "{\"mta\":{}} | /mta",
        "[] | ''"
      })
  void anythingElseIsRefusedWithItsPlace(String body, String pointer) {
    assertThatThrownBy(() -> MetaForm.read(body))
        .isInstanceOfSatisfying(
            Rejected.class,
            it -> {
              assertThat(it.problem()).isEqualTo(Problem.INVALID_PARAMETER);
              assertThat(it.document("/").errors().getFirst().pointer()).isEqualTo(pointer);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"meta\":{}}}", "{\"meta\":{},\"meta\":{}}", "meta"})
  void whatIsNoJsonIsSaidToBeMalformed(String body) {
    assertMalformed(body);
  }

  @Test
  void absurdDepthIsMalformed() {
    assertMalformed("{\"meta\":{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}");
  }

  @Test
  void metaHas64kBytesAtMost() {
    String most = "{\"a\":\"" + "x".repeat(64 * 1024 - 8) + "\"}";
    assertThat(MetaForm.read("{\"meta\":" + most + "}").meta()).hasSize(64 * 1024);
    assertThatThrownBy(() -> MetaForm.read("{\"meta\":" + most.replace("\"a\"", "\"aa\"") + "}"))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("65537")
        .hasMessageContaining("65536");
  }

  private static void assertMalformed(String body) {
    assertThatThrownBy(() -> MetaForm.read(body))
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.problem()).isEqualTo(Problem.MALFORMED_JSON));
  }
}
