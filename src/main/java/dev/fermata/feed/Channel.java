package dev.fermata.feed;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.job.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What all who watch one job share: the newest of its events, as far as there is room. Nothing is
 * kept for each of them, so that a slow one costs nobody anything. Safe for use by many threads.
 */
final class Channel {

  private static final int MOST_EVENTS = 512;
  private static final int MOST_CHARACTERS = 64 * 1024;

  private final Lock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Condition end = lock.newCondition();

  /** Without gaps: the journal tells of each event once, in order. */
  @GuardedBy("lock")
  private final Deque<Event> newest = new ArrayDeque<>();

  @GuardedBy("lock")
  private int characters;

  /** The number of the newest event; 0 before the first one. */
  @GuardedBy("lock")
  private long last;

  @GuardedBy("lock")
  private boolean ended;

  @GuardedBy("lock")
  private boolean cut;

  void add(Event event) {
    lock.lock();
    try {
      newest.addLast(event);
      characters += characters(event);
      while (newest.size() > 1 && isOverfull()) {
        characters -= characters(newest.removeFirst());
      }
      last = event.number();
      news.signalAll();
      if (event.what() instanceof Event.Ended) {
        ended = true;
        end.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean isOverfull() {
    return newest.size() > MOST_EVENTS || characters > MOST_CHARACTERS;
  }

  private static int characters(Event event) {
    return switch (event.what()) {
      case Event.Chunk(String stream, String text) -> text.length();
      case Event.Progressed(var progress) ->
          progress.message() == null ? 0 : progress.message().length();
      case Event.StatusChanged status -> 0;
      case Event.Ended done -> 0;
    };
  }

  /** Those after a number that are still here. */
  List<Event> after(long number) {
    lock.lock();
    try {
      return newest.stream().filter(event -> event.number() > number).toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns when there is an event after a number, or the patience is over.
   *
   * @return whether there is one
   * @throws Cut when nobody may wait any longer
   */
  boolean awaitAfter(long number, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!cut && last <= number && left > 0) {
        left = news.awaitNanos(left);
      }
      refuseWhenCut();
      return last > number;
    } finally {
      lock.unlock();
    }
  }

  /** The same, for the last event of all. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!cut && !ended && left > 0) {
        left = end.awaitNanos(left);
      }
      if (!ended) {
        refuseWhenCut();
      }
      return ended;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void refuseWhenCut() {
    if (cut) {
      throw new Cut();
    }
  }

  void cut() {
    lock.lock();
    try {
      cut = true;
      news.signalAll();
      end.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
