package dev.fermata.tool.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.unit.DataSize;

class CommandSettingsTest {

  @Test
  void everythingButTheCommandHasADefault() {
    assertThat(bind(Map.of("kind.command[0]", "cat")))
        .isEqualTo(
            new CommandSettings(
                List.of("cat"),
                Map.of(),
                Map.of(),
                "stdout",
                List.of(0),
                10,
                ProcessLimits.NONE,
                null));
  }

  @Test
  void limitsAreReadWithTheirUnits() {
    var settings =
        bind(
            Map.of(
                "kind.limits.memory", "2GB",
                "kind.limits.cpu", "10m",
                "kind.limits.processes", 100,
                "kind.limits.file-size", "1MB",
                "kind.limits.open-files", 64));
    assertThat(settings.limits())
        .isEqualTo(
            new ProcessLimits(
                DataSize.ofGigabytes(2), Duration.ofMinutes(10), 100, DataSize.ofMegabytes(1), 64));
  }

  @Test
  void namesAreKeptAsTheyAreWritten() {
    var settings =
        bind(
            Map.of(
                "kind.files.query.fa", ">{query_name}\n",
                "kind.files[in/deep_er.txt]", "x",
                "kind.environment.BLAST_DB", "/data",
                "kind.success-codes[0]", 1));
    assertThat(settings.files())
        .containsOnly(Map.entry("query.fa", ">{query_name}\n"), Map.entry("in/deep_er.txt", "x"));
    assertThat(settings.environment()).containsOnly(Map.entry("BLAST_DB", "/data"));
    assertThat(settings.successCodes()).containsExactly(1);
  }

  private static CommandSettings bind(Map<String, Object> properties) {
    var source = ConfigurationPropertySources.from(new MapPropertySource("test", properties));
    return new Binder(source).bind("kind", CommandSettings.class).get();
  }
}
