package dev.fermata.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Reason;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stop hits the handler and nothing else, and exactly one of stop and own end wins. */
class CancelTokenTest {

  private static final StopCause CANCEL = new StopCause.Cancel(Reason.CLIENT_REQUEST);
  private static final StopCause TIMEOUT = new StopCause.Timeout(Duration.ofSeconds(1));
  private static final StopCause HAND_BACK = new StopCause.HandBack();

  private final CancelToken token = new CancelToken();

  @AfterEach
  void noInterruptIsLeft() {
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void stopInterruptsTheArmedThread() {
    assertThat(token.arm()).isTrue();

    token.stop(CANCEL);

    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(token.settle()).isFalse();
    assertThat(token.delivered()).isEqualTo(CANCEL);
  }

  @Test
  void settlingTakesALateInterruptBack() {
    token.arm();
    token.stop(CANCEL);

    token.settle();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void stopBeforeTheHandlerKeepsItFromRunning() {
    token.stop(CANCEL);

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(token.arm()).isFalse();
    assertThat(token.delivered()).isEqualTo(CANCEL);
  }

  @Test
  void stopAfterTheHandlerComesTooLate() {
    token.arm();
    assertThat(token.settle()).isTrue();

    token.stop(CANCEL);

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(token.settle()).isTrue();
    assertThat(token.delivered()).isNull();
  }

  @Test
  void secondStopDoesNotInterruptAgain() {
    token.arm();
    token.stop(CANCEL);
    assertThat(Thread.interrupted()).isTrue();

    token.stop(TIMEOUT);

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(token.delivered()).isEqualTo(CANCEL);
    token.settle();
  }

  @Test
  void anyOtherCauseReplacesAHandBack() {
    token.arm();
    token.stop(HAND_BACK);
    token.stop(CANCEL);
    token.stop(HAND_BACK);

    assertThat(token.settle()).isFalse();
    assertThat(token.delivered()).isEqualTo(CANCEL);
  }

  @Test
  void exactlyOneOfOwnEndAndStopWinsARace() throws Exception {
    int rounds = 1000;
    var barrier = new CyclicBarrier(2);
    try (ExecutorService stopper = Executors.newSingleThreadExecutor()) {
      for (int round = 0; round < rounds; round++) {
        var raced = new CancelToken();
        raced.arm();
        Future<?> stop =
            stopper.submit(
                () -> {
                  barrier.await();
                  raced.stop(CANCEL);
                  return null;
                });
        barrier.await();
        boolean own = raced.settle();
        boolean interrupted = Thread.currentThread().isInterrupted();
        stop.get();

        assertThat(interrupted).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(raced.delivered() == null).isEqualTo(own);
      }
    }
  }
}
