package dev.fermata.delivery;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prometheus takes its settings, and its alerts tell of what they should and of nothing else. */
class AlertsTest {

  private static final Path HERE = Path.of("");

  @BeforeAll
  static void needsPromtool() {
    assumeTrue(
        Command.isInstalled("promtool"),
        "promtool is not installed: .ci/run takes it from Debian's package prometheus");
  }

  @Test
  void settingsAreSound() throws IOException {
    promtool("check", "config", "src/main/docker/observe/prometheus.yml");
  }

  @Test
  void alertsTellOfWhatTheyShould() throws IOException {
    promtool("test", "rules", "src/test/prometheus/alerts.yml");
  }

  private static void promtool(String what, String kind, String file) throws IOException {
    Command.of(HERE.toAbsolutePath(), "promtool", what, kind, file).succeed();
  }
}
