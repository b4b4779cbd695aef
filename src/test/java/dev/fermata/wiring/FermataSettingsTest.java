package dev.fermata.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.CommitPolicy.Turn;
import dev.fermata.kind.OnCrash;
import dev.fermata.retention.Terms;
import dev.fermata.security.Rate;
import dev.fermata.tool.chat.ModelSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** What a deployer gets who sets nothing, and what is refused. */
class FermataSettingsTest {

  @Test
  void everySettingHasADefault() {
    FermataSettings settings = bind(Map.of());

    assertThat(settings.dataDir()).isEqualTo(Path.of("data"));
    assertThat(settings.defaultKind()).isEqualTo("align");
    assertThat(settings.grace()).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.killGrace()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.maxBody()).isEqualTo(DataSize.ofMegabytes(16));
    assertThat(settings.maxCrashes()).isEqualTo(3);
    assertThat(settings.limits().output()).isEqualTo(DataSize.ofGigabytes(1));
    assertThat(settings.limits().files()).isEqualTo(10_000);
    assertThat(settings.limits().events()).isEqualTo(DataSize.ofMegabytes(16));
    assertThat(settings.limits().ownerWaiting()).isZero();
    assertThat(settings.limits().sessionWaiting()).isEqualTo(1000);
    assertThat(settings.limits().watchers()).isEqualTo(10_000);
    assertThat(settings.watchdog()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.retention().sweep()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.retention().terms())
        .isEqualTo(
            new Terms(
                Duration.ofDays(7),
                Duration.ofDays(7),
                Duration.ofDays(7),
                Duration.ofDays(1),
                Duration.ofDays(90),
                DataSize.ofGigabytes(20).toBytes()));
    assertThat(settings.chat().models()).isEmpty();
    assertThat(settings.limits().rate()).isEqualTo(new Rate(0, 0));
    assertThat(settings.security())
        .isEqualTo(new FermataSettings.Security(Map.of(), null, false, List.of()));
  }

  @Test
  void laneHasOneWorkerAndRoomForMany() {
    FermataSettings settings = bind(Map.of("fermata.lanes.chat.capacity", "7"));

    assertThat(settings.lanes()).containsEntry("chat", new FermataSettings.LaneSettings(1, 7));
  }

  @Test
  void modelHasPatience() {
    FermataSettings settings = bind(Map.of("fermata.chat.models.local.name", "m"));

    assertThat(settings.chat().models())
        .containsEntry(
            "local",
            new ModelSettings(
                null, null, "m", null, Duration.ofSeconds(10), Duration.ofMinutes(2)));
  }

  @Test
  void ownerMayHaveSeveralKeys() {
    String keys = "fermata.security.api-keys.";
    FermataSettings settings = bind(Map.of(keys + "Al_i.ce", "a, b", keys + "bob[0]", "c"));

    assertThat(settings.security().apiKeys())
        .containsOnly(Map.entry("Al_i.ce", List.of("a", "b")), Map.entry("bob", List.of("c")));
  }

  @Test
  void burstIsOneSecondUnlessToldOtherwise() {
    assertThat(bind(Map.of("fermata.limits.requests", "7")).limits().rate())
        .isEqualTo(new Rate(7, 7));
    assertThat(
            bind(Map.of("fermata.limits.requests", "7", "fermata.limits.burst", "9"))
                .limits()
                .rate())
        .isEqualTo(new Rate(7, 9));
  }

  @Test
  void kindNeedsAHandlerOnly() {
    KindSettings kind = bind(Map.of("fermata.kinds.k.handler", "command")).kinds().get("k");

    assertThat(kind)
        .isEqualTo(
            new KindSettings(
                "command",
                "default",
                "",
                Map.of(),
                null,
                OnCrash.RERUN,
                Turn.KEEP,
                Turn.DISCARD,
                1,
                new KindSettings.BackoffSettings(Duration.ofSeconds(1), 2, Duration.ofMinutes(1))));
  }

  @ParameterizedTest
  @CsvSource({
    "fermata.kill-grace, 21s, kill-grace",
    "fermata.kill-grace, -1s, kill-grace",
    "fermata.max-crashes, -1, max-crashes",
    "fermata.limits.files, 0, fermata.limits.files must be at least 1",
    "fermata.limits.owner-waiting, -1, no quota is negative",
    "fermata.limits.session-waiting, -1, no quota is negative",
    "fermata.limits.requests, -1, fermata.limits.requests",
    "fermata.limits.burst, 0, burst",
    "fermata.watchdog, 0s, watchdog",
    "fermata.retention.files, -1s, is lost at once",
    "fermata.retention.jobs, 0, is lost at once",
    "fermata.retention.max-size, 0B, is lost at once",
    "fermata.retention.sweep, 0s, sweep",
    "fermata.limits.watchers, 0, watchers",
    "fermata.lanes.chat.workers, 0, at least one worker",
    "fermata.lanes.chat.capacity, 0, room for one job"
  })
  void whatMakesNoSenseIsRefused(String key, String value, String message) {
    assertThatThrownBy(() -> bind(Map.of(key, value)))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static FermataSettings bind(Map<String, String> keys) {
    return new Binder(new MapConfigurationPropertySource(keys))
        .bindOrCreate("fermata", FermataSettings.class);
  }
}
