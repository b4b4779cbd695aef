package dev.fermata.lane;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Time that stands until a test lets it pass: a clock, and a timer that rings with it. */
final class SetTime extends Clock implements AutoCloseable {

  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private record Alarm(Duration at, Runnable task, Future<?> handle) {}

  private final class Timer extends ScheduledThreadPoolExecutor {
    Timer() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      ScheduledFuture<?> handle = super.schedule(() -> {}, 1, TimeUnit.DAYS);
      set(new Alarm(passed().plusNanos(unit.toNanos(delay)), task, handle));
      return handle;
    }
  }

  private final Timer timer = new Timer();
  private final List<Alarm> alarms = new ArrayList<>();
  private Duration passed = Duration.ZERO;
  private Duration ahead = Duration.ZERO;

  ScheduledThreadPoolExecutor timer() {
    return timer;
  }

  private synchronized void set(Alarm alarm) {
    alarms.add(alarm);
  }

  private synchronized Duration passed() {
    return passed;
  }

  /** Lets time pass, and each alarm ring when its time has come. */
  void pass(Duration time) {
    Duration end = passed().plus(time);
    for (var next = next(end); next.isPresent(); next = next(end)) {
      next.get().task().run();
    }
    passTo(end);
  }

  private synchronized void passTo(Duration time) {
    passed = time;
  }

  private synchronized Optional<Alarm> next(Duration end) {
    alarms.removeIf(alarm -> alarm.handle().isCancelled());
    Optional<Alarm> next =
        alarms.stream()
            .filter(alarm -> alarm.at().compareTo(end) <= 0)
            .min(Comparator.comparing(Alarm::at));
    next.ifPresent(
        alarm -> {
          alarms.remove(alarm);
          passed = alarm.at().compareTo(passed) > 0 ? alarm.at() : passed;
        });
    return next;
  }

  /** Somebody sets the clock; no time passes. */
  synchronized void set(Duration forward) {
    ahead = ahead.plus(forward);
  }

  @Override
  public synchronized Instant instant() {
    return NOON.plus(passed).plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
