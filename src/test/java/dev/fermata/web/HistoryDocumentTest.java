package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Status;
import dev.fermata.journal.Tally;
import dev.fermata.web.HistoryDocument.Minute;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Means are of the jobs that started. */
class HistoryDocumentTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void jobsThatNeverStartedWeighNothing() {
    var cancelled =
        new Tally(NOON, Status.CANCELLED, 31, 1, Duration.ofSeconds(9), Duration.ofSeconds(3));
    var succeeded =
        new Tally(NOON, Status.SUCCEEDED, 3, 3, Duration.ofSeconds(1), Duration.ofSeconds(7));

    Minute minute = Minute.of(NOON, List.of(cancelled, succeeded));

    assertThat(minute.ended()).containsEntry("cancelled", 31L).containsEntry("succeeded", 3L);
    assertThat(minute.queueWaitSeconds()).isEqualTo(3);
    assertThat(minute.runSeconds()).isEqualTo(6);
  }

  @Test
  void minuteInWhichNoneStartedHasNoMeans() {
    var cancelled = new Tally(NOON, Status.CANCELLED, 2, 0, null, null);

    assertThat(Minute.of(NOON, List.of(cancelled)).queueWaitSeconds()).isNull();
  }
}
