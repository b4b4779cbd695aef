package dev.fermata.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Stale;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for the journal waits until it works again, or until the server stops. */
@Timeout(60)
class PatienceTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Patience patience = new Patience(Clock.fixed(NOW, ZoneOffset.UTC));
  private final AtomicInteger tries = new AtomicInteger();

  @Test
  void triesAgainUntilItSucceeds() {
    assertThat(patience.insist(() -> refuse(1))).isEqualTo("stored");

    assertThat(tries).hasValue(2);
    assertThat(patience.waitingSince()).isEmpty();
  }

  @Test
  void tellsSinceWhenTheJournalRefuses() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    CompletableFuture<String> value =
        CompletableFuture.supplyAsync(() -> patience.insist(() -> refuse(2, refused)));
    refused.await();
    Workshop.awaitTrue(() -> patience.waitingSince().isPresent());

    assertThat(patience.waitingSince()).contains(NOW);
    assertThat(value.get()).isEqualTo("stored");
  }

  @Test
  void anyOtherFailureIsNotForPatience() {
    assertThatThrownBy(
            () ->
                patience.insist(
                    () -> {
                      throw new Stale("old");
                    }))
        .isInstanceOf(Stale.class);
  }

  @Test
  void interruptStaysPendingAndCutsNothingShort() {
    Thread.currentThread().interrupt();

    assertThat(patience.insist(() -> refuse(1))).isEqualTo("stored");

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void nobodyWaitsOnceTheServerStops() {
    Thread.currentThread().interrupt();
    patience.giveUp();

    assertThatThrownBy(() -> patience.insist(() -> refuse(100)))
        .isInstanceOf(JournalUnavailable.class);

    assertThat(tries).hasValue(1);
    assertThat(Thread.interrupted()).as("the interrupt is not lost").isTrue();
  }

  @Test
  void whoWaitsIsLetGoWhenTheServerStops() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    CompletableFuture<String> value =
        CompletableFuture.supplyAsync(() -> patience.insist(() -> refuse(1000, refused)));
    refused.await();

    patience.giveUp();

    assertThatThrownBy(value::get).hasCauseInstanceOf(JournalUnavailable.class);
  }

  private String refuse(int times) {
    return refuse(times, new CountDownLatch(1));
  }

  private String refuse(int times, CountDownLatch refused) {
    if (tries.getAndIncrement() < times) {
      refused.countDown();
      throw new JournalUnavailable("told to refuse", null);
    }
    return "stored";
  }
}
