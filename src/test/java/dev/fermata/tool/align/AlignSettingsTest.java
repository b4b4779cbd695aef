package dev.fermata.tool.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AlignSettingsTest {

  @Test
  void allHaveDefaults() {
    assertThat(bind(Map.of())).isEqualTo(new AlignSettings(AlignSettings.SHIPPED, 11, 1, 50, 10));
  }

  @Test
  void allCanBeGiven() {
    assertThat(
            bind(
                Map.of(
                    "database", "/data/db.fasta",
                    "gap-open", "10",
                    "gap-extend", "2",
                    "max-hits", "7",
                    "niceness", "0")))
        .isEqualTo(new AlignSettings("/data/db.fasta", 10, 2, 7, 0));
  }

  @Test
  void nonsenseIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlignSettings("db.fasta", 0, 1, 50, 10))
        .withMessage("gap-open: from 1 to 100");
    assertThatThrownBy(() -> bind(Map.of("max-hits", "0")))
        .hasRootCauseMessage("max-hits: from 1 to 10000");
  }

  private static AlignSettings bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("", AlignSettings.class);
  }
}
