package dev.fermata.feed;

import dev.fermata.job.Event;
import dev.fermata.job.JobId;
import dev.fermata.journal.Events;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Live and replayed events to whoever watches. What nobody watches costs one look-up; what somebody
 * watches is told to a {@link Channel}, and never waits for anybody. Safe for use by many threads.
 */
public final class Feed implements AutoCloseable {

  /** A channel, and by how many watches it is used. */
  private record Shared(Channel channel, int watches) {
    Shared with(int more) {
      return new Shared(channel, watches + more);
    }
  }

  private final ConcurrentMap<JobId, Shared> channels = new ConcurrentHashMap<>();
  private final Events journal;
  private volatile boolean closed;

  public Feed(Events journal) {
    this.journal = journal;
  }

  /**
   * Tells watchers what has happened. To be called with what is durable, in order, by one thread at
   * a time.
   */
  public void publish(List<Event> events) {
    for (Event event : events) {
      @Nullable Shared shared = channels.get(event.job());
      if (shared != null) {
        shared.channel().add(event);
      }
    }
  }

  /**
   * Begins to watch a job.
   *
   * @param after the number of the last event that is known; 0 for none
   */
  public Watch watch(JobId job, long after) {
    Channel channel =
        channels
            .compute(job, (id, open) -> open == null ? new Shared(new Channel(), 1) : open.with(1))
            .channel();
    if (closed) {
      channel.cut();
    }
    var left = new AtomicBoolean();
    return new Watch(job, after, channel, journal, () -> leave(job, left));
  }

  private void leave(JobId job, AtomicBoolean left) {
    if (left.compareAndSet(false, true)) {
      channels.computeIfPresent(job, (id, it) -> it.watches() == 1 ? null : it.with(-1));
    }
  }

  /** How many jobs are watched now. */
  int watched() {
    return channels.size();
  }

  /** How many watches there are now. */
  public int watches() {
    return channels.values().stream().mapToInt(Shared::watches).sum();
  }

  /** Whether every watch is cut, those to come too. */
  public boolean isClosed() {
    return closed;
  }

  /** Cuts every watch, those to come too: whoever waits is woken. */
  @Override
  public void close() {
    closed = true;
    channels.values().forEach(shared -> shared.channel().cut());
  }
}
