package dev.fermata.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The means that estimates rest on. */
class PaceTest {

  private static final String ANY = "align";

  private final Pace pace = new Pace();

  @Test
  void nothingIsSaidBeforeTheFirstEnd() {
    assertThat(pace.of(ANY)).isNull();
    assertThat(pace.ofAny()).isNull();
    assertThat(pace.left(ANY, Duration.ZERO)).isEmpty();
  }

  @Test
  void newJobWeighsAFifth() {
    pace.took(ANY, Duration.ofSeconds(10));
    pace.took(ANY, Duration.ofSeconds(20));

    assertThat(pace.of(ANY)).isEqualTo(12);
  }

  @Test
  void eachKindHasItsOwnPaceAndANewOneThatOfAll() {
    pace.took(ANY, Duration.ofSeconds(10));
    pace.took("fold", Duration.ofSeconds(60));

    assertThat(pace.of(ANY)).isEqualTo(10);
    assertThat(pace.of("fold")).isEqualTo(60);
    assertThat(pace.of("mafft")).isEqualTo(pace.ofAny()).isEqualTo(20);
  }

  @Test
  void jobThatOutlastsTheMeanHasNothingLeft() {
    pace.took(ANY, Duration.ofSeconds(10));

    assertThat(pace.left(ANY, Duration.ofSeconds(4))).contains(Duration.ofSeconds(6));
    assertThat(pace.left(ANY, Duration.ofSeconds(40))).contains(Duration.ZERO);
  }

  @Test
  void clockThatStepsBackMakesNoJobLonger() {
    pace.took(ANY, Duration.ofSeconds(10));

    assertThat(pace.left(ANY, Duration.ofDays(-1))).contains(Duration.ofSeconds(10));
  }
}
