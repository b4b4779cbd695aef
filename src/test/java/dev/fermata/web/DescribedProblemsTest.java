package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.openapi.Document;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The document knows every problem that the server explains, and no other. */
class DescribedProblemsTest {

  @Test
  void documentAndPagesHaveTheSameProblems() {
    assertThat(Document.served().problems())
        .containsExactlyElementsOf(Arrays.stream(Problem.values()).map(Problem::type).toList());
  }
}
