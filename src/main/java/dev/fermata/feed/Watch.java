package dev.fermata.feed;

import dev.fermata.job.Event;
import dev.fermata.job.JobId;
import dev.fermata.journal.Events;
import java.time.Duration;
import java.util.List;

/**
 * One watcher's place in the events of a job: what it has seen, and so what comes next. It is for
 * one thread.
 */
public final class Watch implements AutoCloseable {

  private static final int PAGE = 100;

  private final JobId job;
  private final Channel channel;
  private final Events journal;
  private final Runnable leave;
  private long seen;

  /** Whether the journal had nothing more when it was last read: what came since is live. */
  private boolean caughtUp;

  Watch(JobId job, long seen, Channel channel, Events journal, Runnable leave) {
    this.job = job;
    this.seen = seen;
    this.channel = channel;
    this.journal = journal;
    this.leave = leave;
  }

  /**
   * The events that follow those seen so far, in their order, each once: at once when there are
   * any, else as soon as there are. When the first does not follow the last one seen, those between
   * are gone for good.
   *
   * @param patience how long to wait for the first of them; zero for not at all
   * @return empty when the patience was over
   * @throws Cut when the feed was closed
   * @throws dev.fermata.journal.JournalUnavailable when nothing can be read now
   */
  public List<Event> next(Duration patience) throws InterruptedException {
    List<Event> ready = ready();
    if (ready.isEmpty() && channel.awaitAfter(seen, patience.toNanos())) {
      ready = ready();
    }
    if (!ready.isEmpty()) {
      seen = ready.getLast().number();
    }
    return ready;
  }

  /**
   * What is in the journal and no longer live is read there. What comes later than that is live,
   * since the channel was there before: so there is no gap, and numbers tell doubles.
   */
  private List<Event> ready() {
    List<Event> live = channel.after(seen);
    boolean follows = !live.isEmpty() && live.getFirst().number() == seen + 1;
    if (follows || (live.isEmpty() && caughtUp)) {
      return live;
    }
    List<Event> stored = journal.after(job, seen, PAGE);
    caughtUp = stored.isEmpty();
    return caughtUp ? live : stored;
  }

  /**
   * Waits for the last event, for those who don't care about the others. It sees only an end that
   * comes after the watch began: an earlier one is in the journal.
   *
   * @return false when the patience was over before
   * @throws Cut when the feed was closed before
   */
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    return channel.awaitEnd(patience.toNanos());
  }

  @Override
  public void close() {
    leave.run();
  }
}
