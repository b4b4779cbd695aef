package dev.fermata.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every path of the model keeps every promise, whatever clients do and wherever it crashes. */
class ModelTest {

  static Stream<Arguments> scenarios() {
    return Stream.of(
        arguments(Scenarios.CRASHES, 100_000, 40),
        arguments(Scenarios.RETRIES, 4_000, 35),
        arguments(Scenarios.CANCELLED_RETRIES, 35_000, 40),
        arguments(Scenarios.LATER, 50_000, 35),
        arguments(Scenarios.LANES, 50_000, 35));
  }

  /**
   * @param states at least so many, and {@code depth} at least so many steps away: else it was not
   *     looked at
   */
  @ParameterizedTest
  @MethodSource("scenarios")
  void everyPathKeepsEveryPromise(Scenario scenario, int states, int depth, TestReporter reporter) {
    Explorer.Report report = Explorer.explore(scenario, Flaw.NONE);

    reporter.publishEntry(
        Map.of(
            "states", String.valueOf(report.states()),
            "depth", String.valueOf(report.depth()),
            "states at rest", String.valueOf(report.rests())));
    assertThat(report.counterexample()).isNull();
    assertThat(report.states()).isGreaterThan(states);
    assertThat(report.depth()).isGreaterThan(depth);
    assertThat(report.rests()).isPositive();
  }
}
