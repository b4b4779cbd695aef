package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {

  @ParameterizedTest
  @EnumSource
  void everyProblemIsFoundByItsSlugAndSaysWhatToDo(Problem problem) {
    assertThat(Problem.of(problem.slug())).contains(problem);
    assertThat(problem.meaning()).endsWith(".");
    assertThat(problem.remedy()).endsWith(".");
    assertThat(problem.status().isError()).isTrue();
  }

  @Test
  void aPointerEscapesWhatItMust() {
    assertThat(Rejected.Fault.pointer("input", "a/b~c")).isEqualTo("/input/a~1b~0c");
  }
}
