package dev.fermata.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.JobId;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The jobs that wait, by their numbers. */
class BacklogTest {

  private final Backlog backlog = new Backlog();

  @Test
  void numbersGiveTheOrderAndNotTheComing() {
    backlog.add(job(3));
    backlog.add(job(1));
    backlog.add(job(2));

    assertThat(backlog.first()).isEqualTo(job(1));
    assertThat(backlog.after(0, 10)).containsExactly(job(1), job(2), job(3));
    assertThat(backlog.after(1, 1)).containsExactly(job(2));
    assertThat(backlog.position(job(3))).isEqualTo(3);
  }

  @Test
  void removedJobLeavesNoGap() {
    backlog.add(job(1));
    backlog.add(job(2));
    backlog.add(job(3));

    assertThat(backlog.remove(job(2).id())).isEqualTo(job(2));

    assertThat(backlog.size()).isEqualTo(2);
    assertThat(backlog.position(job(3))).isEqualTo(2);
    assertThat(backlog.find(job(2).id())).isNull();
    assertThat(backlog.remove(job(2).id())).isNull();
  }

  @Test
  void emptyBacklogHasNoFirst() {
    assertThat(backlog.first()).isNull();
    assertThat(backlog.size()).isZero();
  }

  private static Waiting job(long seq) {
    return new Waiting(new JobId(new UUID(0, seq)), seq, 0, Instant.EPOCH);
  }
}
