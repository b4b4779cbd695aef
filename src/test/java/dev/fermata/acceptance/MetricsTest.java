package dev.fermata.acceptance;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.job.Reason;
import dev.fermata.kind.JobFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server tells of itself in numbers, and who asks for them by name. */
class MetricsTest extends ServerTest {

  private static final Path OBSERVE = Path.of("src/main/docker/observe");
  private static final Path DOCUMENTED = Path.of("src/docs/metrics.md");

  /** What is no name of a metric in a query: texts, labels, ranges, and words of the language. */
  private static final Pattern NO_NAME =
      Pattern.compile(
          "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(?:by|on|without)\\s*\\([^)]*\\)"
              + "|\\b\\w+\\s*(?=\\()|\\b(?:and|or|unless|sum|avg|min|max|count)\\b|[^\\w:]+|\\b[\\d.]\\w*");

  @BeforeEach
  void endJobsInEachWay() {
    script.on("fails", run -> fail());
    Script.Hold held = script.hold("held");
    client().ended(client().submit("script", "works"));
    client().ended(client().submit("script", "fails"));
    String running = client().submit("script", "held");
    held.awaitBegin();
    String waiting = client().submit("script", "waits");
    client().post("/jobs/" + waiting + "/cancel");
    client().post("/jobs/" + running + "/cancel", "Prefer", "wait=10");
    Script.Hold tooLong = script.hold("too long");
    client()
        .ended(client().postBody("/jobs?kind=script&timeout=50ms", "text/plain", "too long").id());
    tooLong.release();
    Eventually.holds(() -> exposed().contains("outcome=\"timed_out\",reason=\"timeout\""));
  }

  private static Answer fail() throws JobFailed {
    throw new JobFailed(Reason.EXIT_CODE, "as told", 1);
  }

  private String exposed() {
    return client().get("/actuator/prometheus").text();
  }

  @Test
  void everyEndIsCountedWithItsOutcomeAndReason() {
    String exposed = exposed();

    for (String end :
        List.of(
            "outcome=\"succeeded\",reason=\"none\"",
            "outcome=\"failed\",reason=\"exit_code\"",
            "outcome=\"cancelled\",reason=\"client_request\"",
            "outcome=\"timed_out\",reason=\"timeout\"")) {
      assertThat(exposed)
          .containsPattern(
              "fermata_jobs_finished_total\\{kind=\"script\",lane=\"default\",%s\\} [1-9]"
                  .formatted(end));
    }
    assertThat(exposed)
        .containsPattern("fermata_jobs_submitted_total\\{kind=\"script\",lane=\"default\"} [1-9]")
        .as("a kind that nobody has asked for yet")
        .contains("fermata_jobs_submitted_total{kind=\"typed\",lane=\"default\"}");
    for (String stretch : List.of("wait", "run", "close", "cancel")) {
      assertThat(exposed)
          .containsPattern(
              "fermata_jobs_%s_seconds_count\\{kind=\"script\",lane=\"default\"} [1-9]"
                  .formatted(stretch));
    }
    assertThat(exposed)
        .containsPattern("fermata_journal_commit_seconds_count\\{result=\"stored\"} ");
    assertThat(exposed).containsPattern("disk_total_bytes\\{path=[^}]*} [1-9]");
  }

  @Test
  void thePageOfMetricsSaysOfEachWhatItsHelpTextSays() throws IOException {
    Map<String, String> documented =
        texts("^\\| (fermata_\\w+) \\|[^|]*\\|[^|]*\\| ([^|]+) \\|", Files.readString(DOCUMENTED));
    Map<String, String> helps = texts("^# HELP (fermata_\\w+) (.+)$", exposed());
    Set<String> families = texts("^# TYPE (fermata_\\w+) (.+)$", exposed()).keySet();

    assertThat(helps.keySet()).isEqualTo(families);
    helps.keySet().removeIf(name -> name.endsWith("_max")); // of a histogram that is named itself
    assertThat(documented).isEqualTo(helps);
  }

  /** What is said of each name, without marks. */
  private static Map<String, String> texts(String line, String text) {
    return Pattern.compile(line, Pattern.MULTILINE)
        .matcher(text.replace("`", ""))
        .results()
        .collect(
            toMap(
                found -> found.group(1),
                found -> found.group(2),
                (one, same) -> one,
                TreeMap::new));
  }

  @Test
  void everyNameThatADashboardOrAnAlertAsksForIsExposed() throws IOException {
    Set<String> names =
        Pattern.compile("^([a-z_]\\w*)[{ ]", Pattern.MULTILINE)
            .matcher(exposed())
            .results()
            .map(name -> name.group(1))
            .collect(toCollection(TreeSet::new));
    names.add("up"); // Prometheus's own

    List<String> queries = Stream.concat(dashboard(), alerts()).toList();

    assertThat(queries).hasSizeGreaterThan(20);
    for (String query : queries) {
      assertThat(names).as(query).containsAll(named(query));
    }
  }

  @Test
  void namesAreFoundInQueries() {
    assertThat(
            named(
                "histogram_quantile(0.95, sum by (le, kind) (rate(a_bucket{x=\"y\"}[5m])))"
                    + " > 0.5 and on (kind) sum(b_total) >= 1e3 or c"))
        .containsExactlyInAnyOrder("a_bucket", "b_total", "c");
  }

  private static Set<String> named(String query) {
    return Stream.of(NO_NAME.matcher(query).replaceAll(" ").split(" "))
        .filter(word -> !word.isBlank())
        .collect(toCollection(TreeSet::new));
  }

  private static Stream<String> dashboard() {
    JsonNode dashboard =
        new JsonMapper().readTree(OBSERVE.resolve("grafana/fermata.json").toFile());
    return dashboard.findValuesAsString("expr").stream();
  }

  private static Stream<String> alerts() throws IOException {
    try (var file = Files.newBufferedReader(OBSERVE.resolve("alerts.yml"))) {
      JsonNode alerts = new JsonMapper().valueToTree(new Yaml().load(file));
      return alerts.findValuesAsString("expr").stream();
    }
  }
}
