package dev.fermata.feed;

import dev.fermata.job.Event;
import dev.fermata.job.JobId;
import dev.fermata.journal.Events;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** A journal that keeps events and counts how often it is read. */
final class Recorded implements Events {

  private final ConcurrentSkipListMap<Long, Event> byNumber = new ConcurrentSkipListMap<>();
  private final AtomicInteger reads = new AtomicInteger();

  static Event chunk(JobId job, long number, String text) {
    return new Event(job, number, Instant.EPOCH, new Event.Chunk("stdout", text));
  }

  static Event end(JobId job, long number) {
    return new Event(job, number, Instant.EPOCH, new Event.Ended());
  }

  /** Stores events as the journal does: first here, then to whoever watches. */
  void tell(Feed feed, List<Event> events) {
    store(events);
    feed.publish(events);
  }

  void store(List<Event> events) {
    events.forEach(event -> byNumber.put(event.number(), event));
  }

  /** One append after the other. */
  void tellEach(Feed feed, JobId job, long from, long to) {
    LongStream.rangeClosed(from, to)
        .forEach(number -> tell(feed, List.of(chunk(job, number, "text " + number))));
  }

  void forgetBefore(long number) {
    byNumber.headMap(number).clear();
  }

  int reads() {
    return reads.get();
  }

  @Override
  public List<Event> after(JobId job, long after, int limit) {
    reads.incrementAndGet();
    return byNumber.tailMap(after, false).values().stream()
        .filter(event -> event.job().equals(job))
        .limit(limit)
        .toList();
  }
}
