package dev.fermata.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Job;
import dev.fermata.job.Owner;
import dev.fermata.journal.Sample;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who is parked, and whose time comes when. */
class ParkingTest {

  private static final Instant NOON = Sample.NOON;

  private final Parking parking = new Parking();

  private static Waiting parked(long seq, String lane, String session, Instant due) {
    return new Waiting(
        Sample.id(seq),
        "held",
        lane,
        Job.place(seq),
        Job.place(seq),
        Owner.NOBODY,
        Sample.session(session),
        0,
        NOON,
        NOON,
        due);
  }

  /** Or else whoever sleeps until then would never sleep. */
  @Test
  void timeThatHasComeIsNotTheNextOne() {
    parking.add(parked(1, "chat", "talk", NOON.minusSeconds(1)));
    assertThat(parking.nextDue(NOON)).isNull();

    parking.add(parked(2, "chat", "other", NOON.plusSeconds(2)));
    parking.add(parked(3, "chat", "third", NOON.plusSeconds(1)));
    assertThat(parking.nextDue(NOON)).isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void overdueIsOneOfTheLaneWhoseTimeHasCome() {
    Waiting due = parked(1, "chat", "talk", NOON);
    parking.add(due);
    parking.add(parked(2, "default", "other", NOON.plusSeconds(1)));

    assertThat(parking.overdue("chat", NOON)).isEqualTo(due);
    assertThat(parking.overdue("default", NOON)).isNull();
  }

  @Test
  void onlySoManyJoinTogether() {
    for (int i = 1; i <= 10; i++) {
      parking.add(parked(i, "chat", "talk" + i, NOON));
    }

    assertThat(parking.due(NOON, job -> true, 3)).hasSize(3);
  }
}
