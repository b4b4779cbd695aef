package dev.fermata.feed;

import static dev.fermata.feed.Recorded.chunk;
import static dev.fermata.feed.Recorded.end;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.Event;
import dev.fermata.job.JobId;
import dev.fermata.journal.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FeedTest {

  private static final JobId JOB = Sample.id(1);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Recorded journal = new Recorded();
  private final Feed feed = new Feed(journal);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    feed.close();
    threads.close();
  }

  @Test
  void watcherGetsWhatWasBeforeAndWhatComes() throws Exception {
    journal.tellEach(feed, JOB, 1, 3);
    try (Watch watch = feed.watch(JOB, 1)) {
      assertThat(numbers(watch.next(LONG))).containsExactly(2L, 3L);
      assertThat(watch.next(Duration.ZERO)).isEmpty();
      journal.tellEach(feed, JOB, 4, 5);
      assertThat(numbers(watch.next(LONG))).containsExactly(4L, 5L);
    }
  }

  /** Wherever a watch begins in a burst, nothing is missing and nothing comes twice. */
  @RepeatedTest(20)
  void seamHasNoGapAndNoDouble() throws Exception {
    var begun = new CountDownLatch(1);
    Future<List<Long>> first = threads.submit(follow(0, 1001, begun));
    Future<List<Long>> late =
        threads.submit(
            () -> {
              begun.await();
              return follow(500, 1001, begun).call();
            });
    journal.tellEach(feed, JOB, 1, 500);
    begun.countDown();
    journal.tellEach(feed, JOB, 501, 1000);
    journal.tell(feed, List.of(end(JOB, 1001)));

    assertThat(first.get()).isEqualTo(range(1, 1001));
    assertThat(late.get()).isEqualTo(range(501, 1001));
    assertThat(feed.watches()).isZero();
    assertThat(feed.watched()).as("channels left").isZero();
  }

  private Callable<List<Long>> follow(long after, long last, CountDownLatch begun) {
    return () -> {
      begun.await();
      var numbers = new ArrayList<Long>();
      try (Watch watch = feed.watch(JOB, after)) {
        while (numbers.isEmpty() || numbers.getLast() < last) {
          numbers.addAll(numbers(watch.next(LONG)));
        }
      }
      return numbers;
    };
  }

  @Test
  void slowWatcherIsServedFromTheJournalAndCostsNoMemory() throws Exception {
    String text = "x".repeat(1000);
    try (Watch quick = feed.watch(JOB, 0);
        Watch slow = feed.watch(JOB, 0)) {
      var seen = new ArrayList<Long>();
      for (long number = 1; number <= 1000; number++) {
        journal.tell(feed, List.of(chunk(JOB, number, text)));
        seen.addAll(numbers(quick.next(LONG)));
      }
      assertThat(seen).isEqualTo(range(1, 1000));
      assertThat(journal.reads()).as("a quick watcher reads nothing back").isZero();

      var late = new ArrayList<Long>();
      while (late.size() < 1000) {
        late.addAll(numbers(slow.next(LONG)));
      }
      assertThat(late).isEqualTo(range(1, 1000));
      assertThat(journal.reads()).isBetween(9, 11);
    }
  }

  @Test
  void oneEventThatIsLongerThanAllRoomIsStillToldLive() throws Exception {
    try (Watch watch = feed.watch(JOB, 0)) {
      feed.publish(List.of(chunk(JOB, 1, "x".repeat(1_000_000))));
      assertThat(numbers(watch.next(LONG))).containsExactly(1L);
    }
  }

  @Test
  void prunedEventsShowAsAJumpOfTheNumbers() throws Exception {
    journal.tellEach(feed, JOB, 1, 10);
    journal.forgetBefore(8);
    try (Watch watch = feed.watch(JOB, 2)) {
      assertThat(numbers(watch.next(LONG))).containsExactly(8L, 9L, 10L);
    }
  }

  @Test
  void liveEventsAreToldEvenWhenTheJournalHasPrunedThem() throws Exception {
    journal.tellEach(feed, JOB, 1, 3);
    try (Watch watch = feed.watch(JOB, 1)) {
      journal.tellEach(feed, JOB, 4, 5);
      journal.forgetBefore(99);
      assertThat(numbers(watch.next(LONG))).containsExactly(4L, 5L);
    }
  }

  @Test
  void endIsAwaitedWithoutReadingAnything() throws Exception {
    try (Watch watch = feed.watch(JOB, 0)) {
      assertThat(watch.awaitEnd(Duration.ZERO)).isFalse();
      Future<Boolean> ended = threads.submit(() -> watch.awaitEnd(LONG));
      journal.tellEach(feed, JOB, 1, 3);
      journal.tell(feed, List.of(end(JOB, 4)));
      assertThat(ended.get()).isTrue();
      assertThat(journal.reads()).isZero();
    }
  }

  @Test
  void closedFeedWakesWhoeverWaitsAndTurnsAwayWhoeverComes() throws Exception {
    try (Watch one = feed.watch(JOB, 0);
        Watch two = feed.watch(Sample.id(2), 0)) {
      Future<List<Event>> next = threads.submit(() -> one.next(LONG));
      Future<Boolean> ended = threads.submit(() -> two.awaitEnd(LONG));
      feed.close();

      assertThatThrownBy(next::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(Cut.class);
      assertThatThrownBy(ended::get).hasCauseInstanceOf(Cut.class);
    }
    try (Watch late = feed.watch(JOB, 0)) {
      assertThatThrownBy(() -> late.next(LONG)).isInstanceOf(Cut.class);
    }
    assertThat(feed.isClosed()).isTrue();
    assertThat(feed.watched()).isZero();
  }

  @Test
  void jobThatNobodyWatchesIsKeptNowhere() {
    journal.tellEach(feed, JOB, 1, 10);
    assertThat(feed.watched()).isZero();

    Watch one = feed.watch(JOB, 0);
    Watch two = feed.watch(JOB, 0);
    assertThat(feed.watches()).isEqualTo(2);
    assertThat(feed.watched()).isEqualTo(1);
    one.close();
    one.close();
    assertThat(feed.watches()).isEqualTo(1);
    two.close();
    assertThat(feed.watched()).isZero();
  }

  private static List<Long> numbers(List<Event> events) {
    return events.stream().map(Event::number).toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
