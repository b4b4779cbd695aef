package dev.fermata.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workflows may do no more than they need, for no longer, and by actions that nobody can change.
 */
class WorkflowsTest {

  static List<String> names() throws IOException {
    return Workflow.names();
  }

  @Test
  void checkRunsForEachChangeAndBeforeARelease() throws IOException {
    for (String name : List.of("verify", "release")) {
      assertThat(Workflow.read(name).steps())
          .extracting(step -> step.path("run").asString(""))
          .contains(".ci/run");
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void actionsArePinnedByTheHashOfAVersion(String name) throws IOException {
    assertThat(Workflow.read(name).text().lines().filter(line -> line.contains("uses:")))
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches(".*uses: ([\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+|\\./\\S+)"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void jobsHaveATimeout(String name) throws IOException {
    assertThat(Workflow.read(name).jobs())
        .filteredOn(job -> !job.has("uses")) // whose own jobs have one
        .allSatisfy(job -> assertThat(job.path("timeout-minutes").isInt()).isTrue());
  }

  @ParameterizedTest
  @MethodSource("names")
  void onlyTheJobThatPublishesMayWrite(String name) throws IOException {
    Workflow workflow = Workflow.read(name);

    assertThat(workflow.content().has("permissions")).isTrue();
    assertThat(workflow.content().findValues("permissions"))
        .filteredOn(permissions -> permissions.toString().contains("write"))
        .hasSize(name.equals("release") ? 1 : 0);
    assertThat(workflow.content().at("/jobs/publish/steps").findValues("uses")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void checkoutsKeepNoCredentials(String name) throws IOException {
    assertThat(Workflow.read(name).steps())
        .filteredOn(step -> step.path("uses").asString("").startsWith("actions/checkout@"))
        .allSatisfy(step -> assertThat(step.at("/with/persist-credentials").asBoolean()).isFalse());
  }
}
