package dev.fermata.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the process when one of its threads dies. */
class LastResortTest {

  private final List<Integer> codes = new ArrayList<>();
  private final LastResort lastResort = new LastResort(codes::add);

  @Test
  void processEndsWhenThereIsNoMemoryLeft() {
    lastResort.uncaughtException(Thread.currentThread(), new OutOfMemoryError("in a test"));

    assertThat(codes).containsExactly(3);
  }

  @Test
  void processGoesOnAfterAMistake() {
    lastResort.uncaughtException(Thread.currentThread(), new IllegalStateException("in a test"));

    assertThat(codes).isEmpty();
  }
}
