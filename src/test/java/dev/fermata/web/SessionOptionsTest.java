package dev.fermata.web;

import static dev.fermata.job.Owner.NOBODY;
import static dev.fermata.journal.Sample.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.CommitPolicy;
import dev.fermata.job.CommitPolicy.Turn;
import dev.fermata.lane.OnBusy;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SessionOptionsTest {

  private static final CommitPolicy USUAL = new CommitPolicy(Turn.DISCARD, Turn.KEEP);

  @Test
  void withoutAnyThereIsNoSessionAndTheKindsPolicyHolds() {
    assertThat(read(Map.of())).isEqualTo(new SessionOptions(null, OnBusy.ENQUEUE, USUAL));
  }

  @Test
  void aSessionAloneWaitsForItsTurn() {
    assertThat(read(Map.of("session", "s")))
        .isEqualTo(new SessionOptions(session("s"), OnBusy.ENQUEUE, USUAL));
  }

  @ParameterizedTest
  @EnumSource
  void everyWayToDealWithABusySessionHasAWord(OnBusy onBusy) {
    String word = onBusy.toString().toLowerCase(Locale.ROOT);
    assertThat(read(Map.of("session", "s", "onBusy", word)).onBusy()).isEqualTo(onBusy);
  }

  @Test
  void aSubmissionMaySayWhatBecomesOfItsTurn() {
    assertThat(read(Map.of("session", "s", "onCancel", "keep", "onFailure", "discard")).policy())
        .isEqualTo(new CommitPolicy(Turn.KEEP, Turn.DISCARD));
  }

  @ParameterizedTest
  @CsvSource({
    "onBusy, rejct, reject",
    "onBusy, REJECT, reject",
    "onBusy, '', interrupt",
    "onCancel, kep, keep",
    "onFailure, drop, discard"
  })
  void anUnknownWordIsRefusedWithThoseThatThereAre(String option, String word, String hint) {
    assertThatThrownBy(() -> read(Map.of("session", "s", option, word)))
        .isInstanceOfSatisfying(Rejected.class, it -> assertPointer(it, option))
        .hasMessageContaining(hint);
  }

  @ParameterizedTest
  @CsvSource({"onBusy, enqueue", "onCancel, keep", "onFailure, discard"})
  void withoutASessionTheyWouldMeanNothing(String option, String word) {
    assertThatThrownBy(() -> read(Map.of(option, word)))
        .isInstanceOfSatisfying(Rejected.class, it -> assertPointer(it, option))
        .hasMessageContaining("add session");
  }

  private static void assertPointer(Rejected rejected, String option) {
    assertThat(rejected.problem()).isEqualTo(Problem.INVALID_PARAMETER);
    assertThat(rejected.document("/jobs").errors().getFirst().pointer()).isEqualTo("/" + option);
  }

  private static SessionOptions read(Map<String, String> given) {
    return SessionOptions.of(given, USUAL, NOBODY);
  }
}
