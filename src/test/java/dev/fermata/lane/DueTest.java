package dev.fermata.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Job;
import dev.fermata.job.Owner;
import dev.fermata.journal.MemoryJournal;
import dev.fermata.journal.Sample;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever is parked is woken, whatever the clock does meanwhile. */
class DueTest {

  private static final Instant NOON = Sample.NOON;

  /** It goes on by a millisecond each time that somebody looks at it. */
  private static final class Ticking extends Clock {

    private Instant next;

    Ticking(Instant first) {
      this.next = first;
    }

    @Override
    public Instant instant() {
      Instant now = next;
      next = now.plusMillis(1);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final SetTime time = new SetTime();
  private final MemoryJournal journal = new MemoryJournal();

  @AfterEach
  void close() {
    time.close();
    journal.close();
  }

  @Test
  void whoBecomesDueWhileOneLooksIsNotForgotten() {
    var clock = new Ticking(NOON.minusMillis(1));
    var parking = new Parking();
    parking.add(
        new Waiting(
            Sample.id(1),
            "held",
            Lanes.DEFAULT,
            Job.place(1),
            Job.place(1),
            Owner.NOBODY,
            null,
            0,
            NOON,
            NOON,
            NOON));
    var acceptances = new Acceptances(0, () -> new UUID(0x7000, 1), clock);
    var due =
        new Due(new Holds(new Quota(0, 0)), parking, journal, acceptances, time.timer(), clock);

    due.begin();

    assertThat(time.timer().getQueue()).as("alarms").hasSize(1);
  }
}
