package dev.fermata.store;

import dev.fermata.job.Event;
import dev.fermata.job.Fact;
import dev.fermata.journal.CommitWitness;
import dev.fermata.journal.Journal;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Unfinished;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal on SQLite with group commit: one thread writes, and all that waits for it shares one
 * transaction and one fsync. What comes meanwhile waits for the next.
 */
public final class SqliteJournal implements Journal, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SqliteJournal.class);

  /** Bounds how long the first of a batch waits for the last. */
  private static final int LARGEST_BATCH = 1000;

  private static final Append CLOSE = new Append(List.of(), () -> {}, new CompletableFuture<>());

  private final Transactions transactions;
  private final UnfinishedJobs unfinished;
  private final Consumer<List<Event>> visible;
  private final CommitWitness witness;
  private final BlockingQueue<Append> waiting = new LinkedBlockingQueue<>();

  /** Done before what still waits is refused, so that nobody can come between. */
  private final CompletableFuture<Void> writing;

  private final CompletableFuture<Void> ended;

  /** An open journal that nobody measures. */
  public SqliteJournal(Database database, Clock clock, Consumer<List<Event>> visible) {
    this(database, clock, visible, CommitWitness.NOBODY);
  }

  /**
   * An open journal.
   *
   * @param visible is handed the events of each append that has any, once they are durable; it must
   *     be quick
   */
  public SqliteJournal(
      Database database, Clock clock, Consumer<List<Event>> visible, CommitWitness witness) {
    this.visible = visible;
    this.witness = witness;
    this.transactions = new Transactions(database, clock);
    this.unfinished = new UnfinishedJobs(database);
    this.writing =
        CompletableFuture.runAsync(this::write, Thread.ofPlatform().name("journal")::start);
    this.ended = writing.whenComplete((nothing, failure) -> over(failure));
  }

  @Override
  public CompletableFuture<Void> append(List<? extends Fact> facts, Runnable then) {
    var append = new Append(facts, then, new CompletableFuture<>());
    waiting.add(append);
    if (writing.isDone()) {
      refuseWaiting();
    }
    return append.durable();
  }

  @Override
  public void replay(Consumer<Unfinished> consumer) {
    unfinished.forEach(consumer);
  }

  @Override
  public long lastSeq() {
    return unfinished.lastSeq();
  }

  private void write() {
    try (transactions) {
      boolean open = true;
      while (open) {
        List<Append> batch = nextBatch();
        open = !batch.remove(CLOSE);
        commit(batch);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the journal", e);
    }
  }

  private void over(@Nullable Throwable failure) {
    if (failure != null) {
      log.error("The journal's thread ended", failure);
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
    refuseWaiting();
  }

  /** Nobody writes any more: nobody may wait either. */
  private void refuseWaiting() {
    var late = new ArrayList<Append>();
    waiting.drainTo(late);
    late.forEach(append -> append.fail(new JournalUnavailable("The journal is closed.", null)));
  }

  private List<Append> nextBatch() throws InterruptedException {
    var batch = new ArrayList<Append>();
    batch.add(waiting.take());
    waiting.drainTo(batch, LARGEST_BATCH - 1);
    return batch;
  }

  private void commit(List<Append> batch) {
    long began = System.nanoTime();
    try {
      List<Written> written = transactions.write(batch);
      measure(batch, began, true);
      written.forEach(this::tell);
    } catch (JournalUnavailable e) {
      log.warn("{}", e.getMessage());
      measure(batch, began, false);
      batch.forEach(append -> append.fail(e));
    }
  }

  private void measure(List<Append> batch, long began, boolean stored) {
    try {
      witness.committed(batch.size(), Duration.ofNanos(System.nanoTime() - began), stored);
    } catch (RuntimeException | Error e) {
      log.error("A commit could not be measured", e);
    }
  }

  private void tell(Written written) {
    Append append = written.append();
    if (written.events().isEmpty()) {
      append.refuse();
    } else {
      show(written.events().get());
      append.succeed();
    }
  }

  /** A failure of the one who is shown events is neither the journal's nor the job's. */
  private void show(List<Event> events) {
    try {
      if (!events.isEmpty()) {
        visible.accept(events);
      }
    } catch (RuntimeException | Error e) {
      log.error("Events are stored, but could not be shown", e);
    }
  }

  /** Stores what was appended before, and ends. */
  @Override
  public void close() {
    waiting.add(CLOSE);
    ended.join();
  }
}
