package dev.fermata.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each client has a burst of its own; however many there are, only so many are remembered. */
class BucketsTest {

  @Test
  void eachClientHasABurstOfItsOwn() {
    var buckets = new Buckets(new Rate(1, 3));

    for (String client : new String[] {"a", "b"}) {
      IntStream.range(0, 3).forEach(n -> buckets.take(client));
      assertThatThrownBy(() -> IntStream.range(0, 100).forEach(n -> buckets.take(client)))
          .isInstanceOf(TurnedAway.class);
    }
  }

  @Test
  void clientsAreForgottenRatherThanKeptForever() {
    var buckets = new Buckets(new Rate(1, 1));

    assertThatCode(() -> IntStream.range(0, 100_000).forEach(n -> buckets.take("client " + n)))
        .doesNotThrowAnyException();
    assertThat(buckets.size()).isLessThanOrEqualTo(10_000);
  }
}
