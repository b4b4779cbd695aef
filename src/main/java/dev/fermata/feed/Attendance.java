package dev.fermata.feed;

import dev.fermata.job.Event;
import dev.fermata.job.JobId;
import dev.fermata.job.OnDisconnect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who waits for which job, and what becomes of a job when the last of them has gone: it is
 * cancelled if anybody who has gone asked for that and nobody came back in time. Safe for use by
 * many threads.
 */
public final class Attendance {

  /** How it was seen that a client has gone. */
  public enum Seen {
    /** Its end of the connection was closed. */
    PROBE,
    /** Nothing could be written to it any more. */
    WRITE
  }

  private static final Logger log = LoggerFactory.getLogger(Attendance.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  /**
   * What is known of one job's clients.
   *
   * @param present how many wait
   * @param wish what those who have gone asked for; null when they asked for nothing
   * @param absence tells one time of absence from the next
   */
  private record Clients(int present, @Nullable Duration wish, long absence) {

    Clients came() {
      return new Clients(present + 1, wish, absence + 1);
    }

    Clients left() {
      return new Clients(present - 1, wish, absence);
    }

    /** The longest grace of all who asked counts. */
    Clients asking(Duration grace) {
      boolean longer = wish == null || grace.compareTo(wish) > 0;
      return new Clients(present, longer ? grace : wish, absence);
    }

    boolean forgettable() {
      return present == 0 && wish == null;
    }
  }

  private final ConcurrentMap<JobId, Clients> byJob = new ConcurrentHashMap<>();
  private final LongAdder goneByProbe = new LongAdder();
  private final LongAdder goneByWrite = new LongAdder();
  private final ScheduledExecutorService timer;
  private final Executor executor;
  private final Predicate<JobId> ended;
  private final Consumer<JobId> cancel;

  /**
   * Nobody is here yet.
   *
   * @param executor runs cancels, which may have to wait for the disk
   * @param ended whether a job has ended, as the journal has it
   * @param cancel cancels a job; nothing happens to one that has ended
   */
  public Attendance(
      ScheduledExecutorService timer,
      Executor executor,
      Predicate<JobId> ended,
      Consumer<JobId> cancel) {
    this.timer = timer;
    this.executor = executor;
    this.ended = ended;
    this.cancel = cancel;
  }

  /** One client that waits for a job; for one thread. */
  public final class Visit implements AutoCloseable {

    private final JobId job;
    private final OnDisconnect wish;
    private boolean over;

    private Visit(JobId job, OnDisconnect wish) {
      this.job = job;
      this.wish = wish;
    }

    /** The client closed its connection before its answer ended. */
    public void gone(Seen how) {
      if (!over) {
        over = true;
        count(how).increment();
        depart(job, wish);
      }
    }

    /** The client has its answer, or was sent away, which is not its fault. */
    @Override
    public void close() {
      if (!over) {
        over = true;
        leave(job);
      }
    }
  }

  /**
   * A client begins to wait for a job.
   *
   * @param wish what it asks for in case that it goes away
   */
  public Visit attend(JobId job, OnDisconnect wish) {
    byJob.compute(job, (id, it) -> (it == null ? new Clients(0, null, 0) : it).came());
    return new Visit(job, wish);
  }

  private void leave(JobId job) {
    @Nullable Clients left = byJob.computeIfPresent(job, (id, it) -> orNull(it.left()));
    if (left != null && left.present() == 0 && ended.test(job)) {
      forget(job); // its end was told while somebody was here
    }
  }

  private void depart(JobId job, OnDisconnect wish) {
    @Nullable Clients left =
        byJob.computeIfPresent(
            job, (id, it) -> orNull(wish.cancels() ? it.left().asking(wish.grace()) : it.left()));
    if (left != null && left.present() == 0 && left.wish() != null) {
      ring(job, left.absence(), left.wish());
    }
  }

  private static @Nullable Clients orNull(Clients clients) {
    return clients.forgettable() ? null : clients;
  }

  private void ring(JobId job, long absence, Duration grace) {
    Runnable alarm = () -> executor.execute(() -> rang(job, absence));
    var _ = timer.schedule(alarm, grace.toNanos(), TimeUnit.NANOSECONDS); // which can't fail
  }

  /** Nothing to do when somebody has come since, even if they left again. */
  private void rang(JobId job, long absence) {
    @Nullable Clients now = byJob.get(job);
    if (now == null || now.present() > 0 || now.absence() != absence) {
      return;
    }
    try {
      cancel.accept(job);
      forget(job);
    } catch (RuntimeException e) {
      log.warn("Job {}: its clients have gone, but it can't be cancelled now", job, e);
      ring(job, absence, RETRY);
    }
  }

  private void forget(JobId job) {
    byJob.computeIfPresent(job, (id, it) -> it.present() == 0 ? null : it);
  }

  /** Forgets what was asked for jobs that have ended. To be called with what is durable. */
  public void publish(List<Event> events) {
    for (Event event : events) {
      if (event.what() instanceof Event.Ended) {
        forget(event.job());
      }
    }
  }

  /** How many clients have gone, as far as it was seen in this way. */
  public long gone(Seen how) {
    return count(how).sum();
  }

  private LongAdder count(Seen how) {
    return switch (how) {
      case PROBE -> goneByProbe;
      case WRITE -> goneByWrite;
    };
  }

  /** Of how many jobs anything is known. */
  public int known() {
    return byJob.size();
  }
}
