package dev.fermata.chaos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The machine's clock, as somebody sets it who can't make up their mind. */
final class JumpingClock extends Clock {

  /** Puts one in the place of the server's own. */
  @TestConfiguration(proxyBeanMethods = false)
  static class InPlace {

    @Bean
    @Primary
    JumpingClock jumpingClock() {
      return new JumpingClock();
    }
  }

  private final Clock machine = Clock.tickMillis(ZoneOffset.UTC);
  private final AtomicLong offset = new AtomicLong();

  /** From now on it is so far ahead of the machine's, or behind it. */
  void show(Duration ahead) {
    offset.set(ahead.toMillis());
  }

  @Override
  public Instant instant() {
    return machine.instant().plusMillis(offset.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("nobody asks for zones");
  }
}
