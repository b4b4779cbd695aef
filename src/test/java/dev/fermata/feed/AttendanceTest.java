package dev.fermata.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.JobId;
import dev.fermata.job.OnDisconnect;
import dev.fermata.journal.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttendanceTest {

  /** Keeps what it is given until the test says that the time has come. */
  private static final class Alarms extends ScheduledThreadPoolExecutor {

    record Alarm(Runnable task, Duration after) {}

    private final List<Alarm> set = new ArrayList<>();

    Alarms() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      set.add(new Alarm(task, Duration.ofNanos(unit.toNanos(delay))));
      return super.schedule(() -> {}, 1, TimeUnit.DAYS);
    }

    List<Duration> graces() {
      return set.stream().map(Alarm::after).toList();
    }

    void ring() {
      List<Alarm> now = List.copyOf(set);
      set.clear();
      now.forEach(alarm -> alarm.task().run());
    }
  }

  private static final JobId JOB = Sample.id(1);
  private static final OnDisconnect CANCEL = new OnDisconnect(true, Duration.ofSeconds(3));
  private static final OnDisconnect CANCEL_LATER = new OnDisconnect(true, Duration.ofSeconds(9));
  private static final OnDisconnect CONTINUE = OnDisconnect.CONTINUE;

  private final Alarms alarms = new Alarms();
  private final List<JobId> cancelled = new ArrayList<>();
  private final Set<JobId> ended = new HashSet<>();
  private @Nullable RuntimeException refusal;
  private final Attendance attendance =
      new Attendance(alarms, Runnable::run, ended::contains, this::cancel);

  private void cancel(JobId job) {
    if (refusal != null) {
      throw refusal;
    }
    cancelled.add(job);
  }

  @AfterEach
  void end() {
    alarms.shutdownNow();
  }

  private void goes(OnDisconnect wish) {
    attendance.attend(JOB, wish).gone(Attendance.Seen.PROBE);
  }

  @Test
  void lastWhoGoesTakesTheJobAlong() {
    goes(CANCEL);
    assertThat(cancelled).as("within the grace").isEmpty();
    assertThat(alarms.graces()).containsExactly(Duration.ofSeconds(3));
    alarms.ring();
    assertThat(cancelled).containsExactly(JOB);
    assertThat(attendance.known()).isZero();
  }

  @Test
  void whoDoesNotAskLeavesTheJobAlone() {
    goes(CONTINUE);
    assertThat(alarms.graces()).isEmpty();
    assertThat(attendance.known()).isZero();
  }

  @Test
  void whoHasItsAnswerOrIsSentAwayHasNotGone() {
    Attendance.Visit visit = attendance.attend(JOB, CANCEL);
    visit.close();
    visit.gone(Attendance.Seen.WRITE);
    assertThat(alarms.graces()).isEmpty();
    assertThat(attendance.known()).isZero();
    assertThat(attendance.gone(Attendance.Seen.WRITE)).isZero();
  }

  @Test
  void anyWatcherKeepsTheJob() {
    Attendance.Visit stays = attendance.attend(JOB, CONTINUE);
    goes(CANCEL);
    assertThat(alarms.graces()).isEmpty();
    stays.gone(Attendance.Seen.PROBE);
    alarms.ring();
    assertThat(cancelled).as("who has gone before had asked for it").containsExactly(JOB);
  }

  @Test
  void whoLeavesLastInPeaceCancelsNothing() {
    Attendance.Visit stays = attendance.attend(JOB, CONTINUE);
    goes(CANCEL);
    stays.close();
    assertThat(alarms.graces()).isEmpty();
    goes(CONTINUE);
    alarms.ring();
    assertThat(cancelled).as("the wish is remembered until the job ends").containsExactly(JOB);
  }

  @Test
  void whoComesBackInTimeKeepsTheJob() {
    goes(CANCEL);
    Attendance.Visit back = attendance.attend(JOB, CANCEL);
    alarms.ring();
    assertThat(cancelled).isEmpty();
    back.close();
    alarms.ring();
    assertThat(cancelled).as("even if only for a moment").isEmpty();
  }

  @Test
  void eachAbsenceHasItsOwnGrace() {
    goes(CANCEL);
    goes(CANCEL);
    assertThat(alarms.graces()).hasSize(2);
    alarms.ring();
    assertThat(cancelled).as("the first alarm is of an absence that ended").containsExactly(JOB);
  }

  @Test
  void longestGraceCounts() {
    Attendance.Visit stays = attendance.attend(JOB, CANCEL);
    goes(CANCEL_LATER);
    stays.gone(Attendance.Seen.PROBE);
    assertThat(alarms.graces()).containsExactly(Duration.ofSeconds(9));
  }

  @Test
  void endOfTheJobEndsTheMemory() {
    goes(CANCEL);
    assertThat(attendance.known()).isEqualTo(1);
    attendance.publish(List.of(Recorded.end(JOB, 5)));
    assertThat(attendance.known()).isZero();
    alarms.ring();
    assertThat(cancelled).isEmpty();
  }

  @Test
  void endThatIsToldWhileSomebodyIsHereLeavesNothingBehind() {
    Attendance.Visit stays = attendance.attend(JOB, CONTINUE);
    goes(CANCEL);
    ended.add(JOB);
    attendance.publish(List.of(Recorded.end(JOB, 5)));
    stays.close();
    assertThat(attendance.known()).isZero();
  }

  @Test
  void cancelThatCannotBeStoredIsTriedAgain() {
    goes(CANCEL);
    refusal = new IllegalStateException("the disk is full");
    alarms.ring();
    assertThat(attendance.known()).isEqualTo(1);
    refusal = null;
    alarms.ring();
    assertThat(cancelled).containsExactly(JOB);
    assertThat(attendance.known()).isZero();
  }

  @Test
  void jobsAreApart() {
    Attendance.Visit other = attendance.attend(Sample.id(2), CANCEL);
    goes(CANCEL);
    alarms.ring();
    assertThat(cancelled).containsExactly(JOB);
    other.close();
    assertThat(attendance.known()).isZero();
  }

  @Test
  void itIsCountedHowItWasSeen() {
    goes(CONTINUE);
    goes(CONTINUE);
    attendance.attend(JOB, CONTINUE).gone(Attendance.Seen.WRITE);
    assertThat(attendance.gone(Attendance.Seen.PROBE)).isEqualTo(2);
    assertThat(attendance.gone(Attendance.Seen.WRITE)).isEqualTo(1);
  }
}
