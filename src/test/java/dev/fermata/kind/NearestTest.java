package dev.fermata.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private final List<String> known = List.of("query_name", "query_sequence", "limit");

  @ParameterizedTest
  @CsvSource({
    "query_sequnce, query_sequence",
    "sequence, query_sequence",
    "QUERY_NAME, query_name",
    "querySequence, query_sequence",
    "limits, limit",
  })
  void isTheNameThatWasMeant(String word, String meant) {
    assertThat(Nearest.to(word, known)).contains(meant);
  }

  @Test
  void isNoneWhenNothingIsNear() {
    assertThat(Nearest.to("evalue", known)).isEmpty();
    assertThat(Nearest.to("", known)).isEmpty();
    assertThat(Nearest.to("x".repeat(1_000_000), known)).isEmpty();
    assertThat(Nearest.to("limit", List.of())).isEmpty();
  }
}
