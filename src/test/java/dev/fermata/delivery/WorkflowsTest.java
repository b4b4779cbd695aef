package dev.fermata.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

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

  /** YAML 1.1 takes the key "on" for true. */
  @Test
  void everyChangeIsChecked() throws IOException {
    JsonNode on = Workflow.read("verify").content().path("true");

    assertThat(on.at("/push/branches").toString()).isEqualTo("[\"main\"]");
    assertThat(on.has("pull_request")).isTrue();
  }

  @Test
  void tagIsReleasedOnceItWasCheckedAndTried() throws IOException {
    JsonNode release = Workflow.read("release").content();

    assertThat(release.at("/true/push").toString()).isEqualTo("{\"tags\":[\"v*\"]}");
    assertThat(release.at("/jobs/image/needs").asString()).isEqualTo("verify");
    assertThat(release.at("/jobs/publish/needs").toString()).isEqualTo("[\"verify\",\"image\"]");
    assertThat(release.at("/jobs").findValues("if")).isEmpty();
  }

  /** The image is tried before it is pushed, and only one of a tag is. */
  @Test
  void imageIsPushedLast() throws IOException {
    JsonNode steps = Workflow.read("image").content().at("/jobs/image/steps");
    JsonNode last = steps.get(steps.size() - 1);

    assertThat(last.path("name").asString()).isEqualTo("Push it");
    assertThat(last.path("if").asString()).startsWith("github.ref_type == 'tag' && ");
    assertThat(steps.valueStream().filter(step -> step.path("run").asString("").contains("push")))
        .containsExactly(last);
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

    assertThat(workflow.content().path("permissions").toString())
        .isIn("{}", "{\"contents\":\"read\"}");
    assertThat(workflow.content().path("jobs").propertyStream())
        .filteredOn(job -> job.getValue().path("permissions").toString().contains("write"))
        .extracting(Map.Entry::getKey)
        .isEqualTo(name.equals("release") ? List.of("publish") : List.of());
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
