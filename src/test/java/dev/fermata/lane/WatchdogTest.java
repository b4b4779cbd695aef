package dev.fermata.lane;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.fermata.journal.Sample;
import dev.fermata.journal.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A lane that stands still while jobs wait is reported once, and again when it gets on. */
class WatchdogTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SettableClock clock = new SettableClock(Sample.NOON);
  private final Watchdog watchdog = new Watchdog(this::lanes, MINUTE, clock);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private List<Movement> lanes = List.of();

  @BeforeEach
  void listen() {
    logged.start();
    log().setLevel(Level.INFO); // a server in another test may have set it
    log().addAppender(logged);
  }

  @AfterEach
  void stopListening() {
    log().detachAppender(logged);
    log().setLevel(null);
  }

  private static Logger log() {
    return (Logger) LoggerFactory.getLogger(Watchdog.class);
  }

  private List<Movement> lanes() {
    return lanes;
  }

  private void look(Duration later, @Nullable Instant movedAt, @Nullable String waitsFor) {
    clock.pass(later);
    lanes = List.of(new Movement("lane", movedAt, waitsFor, null));
    watchdog.look();
  }

  private List<String> lines() {
    return logged.list.stream()
        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
        .toList();
  }

  @Test
  void laneThatStandsIsReportedOnceAndWhenItGetsOn() {
    look(SECOND, null, "job 1");
    look(MINUTE, null, "job 1");
    assertThat(watchdog.stalled("lane")).isZero();
    assertThat(lines()).isEmpty();

    look(SECOND, null, "job 1");
    look(SECOND, null, "job 1");
    assertThat(watchdog.stalled("lane")).isEqualTo(MINUTE.plusSeconds(2));
    assertThat(lines())
        .containsExactly(
            "WARN Lane lane stands since %s: it waits for job 1"
                .formatted(Sample.NOON.plusSeconds(1)));

    look(SECOND, clock.instant(), "job 2");
    assertThat(watchdog.stalled("lane")).isZero();
    assertThat(lines())
        .hasSize(2)
        .last()
        .isEqualTo(
            "INFO Lane lane gets on again; it had stood since " + Sample.NOON.plusSeconds(1));
  }

  @Test
  void timeWithoutWorkDoesNotCount() {
    look(SECOND, Sample.NOON, null);
    look(MINUTE.multipliedBy(60), Sample.NOON, null);
    look(SECOND, Sample.NOON, "job 1");
    look(MINUTE.minus(SECOND), Sample.NOON, "job 1");

    assertThat(lines()).isEmpty();
  }

  @Test
  void laneThatMovesIsNeverReported() {
    for (int i = 0; i < 10; i++) {
      look(MINUTE, clock.instant(), "job " + i);
    }

    assertThat(lines()).isEmpty();
    assertThat(watchdog.stalled("lane")).isZero();
  }

  @Test
  void laneWhoseLastJobLeftTheLineGetsOn() {
    look(SECOND, null, "job 1");
    look(MINUTE.plus(SECOND), null, "job 1");

    look(SECOND, null, null);

    assertThat(watchdog.stalled("lane")).isZero();
    assertThat(lines()).extracting(line -> line.substring(0, 4)).containsExactly("WARN", "INFO");
  }
}
