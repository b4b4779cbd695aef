package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.OnDisconnect;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisconnectsTest {

  @Test
  void aJobGoesOnUnlessToldOtherwise() {
    assertThat(Disconnects.of(Map.of(), false)).isEqualTo(OnDisconnect.CONTINUE);
    assertThat(Disconnects.of(Map.of("onDisconnect", "continue"), false))
        .isEqualTo(OnDisconnect.CONTINUE);
  }

  @Test
  void aClientThatWaitsMayAskForACancel() {
    assertThat(Disconnects.of(Map.of("onDisconnect", "cancel"), true))
        .isEqualTo(new OnDisconnect(true, OnDisconnect.DEFAULT_GRACE));
    assertThat(Disconnects.of(Map.of("onDisconnect", "cancel", "disconnectGrace", "0s"), true))
        .isEqualTo(new OnDisconnect(true, Duration.ZERO));
    assertThat(Disconnects.of(Map.of("disconnectGrace", "500ms"), true))
        .isEqualTo(new OnDisconnect(false, Duration.ofMillis(500)));
  }

  @ParameterizedTest
  @CsvSource({"onDisconnect, cancel", "disconnectGrace, 5s"})
  void whereNobodyWaitsNobodyCanGoAway(String option, String value) {
    assertThatThrownBy(() -> Disconnects.of(Map.of(option, value), false))
        .isInstanceOfSatisfying(Rejected.class, it -> assertPointer(it, option))
        .hasMessageContaining("Prefer: wait");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1s", "2", "", "soon", "25h", "99999999999d"})
  void whatIsNoGraceIsRefused(String grace) {
    assertThatThrownBy(() -> Disconnects.of(Map.of("disconnectGrace", grace), true))
        .isInstanceOfSatisfying(Rejected.class, it -> assertPointer(it, "disconnectGrace"))
        .hasMessageContaining("2s");
  }

  @Test
  void anUnknownWordIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> Disconnects.cancels(Map.of("onDisconnect", "cancl")))
        .isInstanceOfSatisfying(Rejected.class, it -> assertPointer(it, "onDisconnect"))
        .hasMessageContaining("\"cancel\"");
  }

  private static void assertPointer(Rejected rejected, String option) {
    assertThat(rejected.document("/jobs").errors().getFirst().pointer()).isEqualTo("/" + option);
  }
}
