package dev.fermata.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The mean that estimates rest on. */
class PaceTest {

  private final Pace pace = new Pace();

  @Test
  void nothingIsSaidBeforeTheFirstEnd() {
    assertThat(pace.forJobs(1, 1)).isNull();
    assertThat(pace.left(Duration.ZERO)).isEmpty();
  }

  @Test
  void newJobWeighsAFifth() {
    pace.took(Duration.ofSeconds(10));
    pace.took(Duration.ofSeconds(20));

    assertThat(pace.forJobs(1, 1)).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void workersShareTheJobs() {
    pace.took(Duration.ofSeconds(10));

    assertThat(pace.forJobs(6, 3)).isEqualTo(Duration.ofSeconds(20));
    assertThat(pace.forJobs(0, 1)).isEqualTo(Duration.ZERO);
  }

  @Test
  void jobThatOutlastsTheMeanHasNothingLeft() {
    pace.took(Duration.ofSeconds(10));

    assertThat(pace.left(Duration.ofSeconds(4))).contains(Duration.ofSeconds(6));
    assertThat(pace.left(Duration.ofSeconds(40))).contains(Duration.ZERO);
  }

  @Test
  void clockThatStepsBackMakesNoJobLonger() {
    pace.took(Duration.ofSeconds(10));

    assertThat(pace.left(Duration.ofDays(-1))).contains(Duration.ofSeconds(10));
  }
}
