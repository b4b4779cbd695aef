package dev.fermata.retention;

import dev.fermata.directory.Directories;
import dev.fermata.journal.Journal;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Kept;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what jobs that have ended left behind when its time is over, on a thread of its own that
 * yields to everybody. What is unfinished is never touched.
 */
public final class Retention implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private static final Duration BETWEEN_STRAYS = Duration.ofDays(1);

  private final Sweep sweep;
  private final Duration every;
  private final Clock clock;
  private final Leisure leisure = new Leisure();
  private final Thread thread = Thread.ofPlatform().daemon().name("retention").unstarted(this::run);
  private @Nullable Instant looked;

  /**
   * Nothing is removed before {@link #start}.
   *
   * @param every how long it rests between two rounds
   */
  public Retention(
      Kept kept,
      Journal journal,
      Directories directories,
      Terms terms,
      Duration every,
      Clock clock) {
    this.sweep = new Sweep(kept, journal, directories, terms, clock, leisure);
    this.every = every;
    this.clock = clock;
  }

  /** To be called once, when nobody else settles what an earlier run left. */
  public void start() {
    thread.start();
  }

  private void run() {
    do {
      round();
    } while (leisure.goesOn(every.toNanos()));
  }

  private void round() {
    try {
      sweep.run();
      if (looked == null || looked.plus(BETWEEN_STRAYS).isBefore(clock.instant())) {
        sweep.removeStrays();
        looked = clock.instant();
      }
    } catch (JournalUnavailable e) {
      log.debug("Nothing can be removed now: {}", e.getMessage()); // the journal says so itself
    } catch (RuntimeException | Error e) {
      log.error("What is to be removed could not be; it is tried again in {}", every, e);
    }
  }

  /** Ends after the step that it is at. */
  @Override
  public void close() {
    leisure.end();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
