package dev.fermata.tool.align;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntConsumer;

/**
 * A fixed set of low-priority platform threads that compute for one job; closing it stops them and
 * waits until they are gone. Owned and used by the worker's thread alone.
 */
final class Crew implements AutoCloseable {

  /** What the names of the threads begin with. */
  static final String NAME = "align-";

  private final ExecutorService threads;

  Crew(int size, int niceness) {
    this.threads = Executors.newFixedThreadPool(size, standingBack(niceness));
  }

  /**
   * Does all the work, several pieces at a time.
   *
   * @param done hears on the calling thread, after each piece, how many are done
   * @return what the pieces gave, in their order
   * @throws InterruptedException when the calling thread is interrupted; close the crew then
   * @throws ExecutionException when a piece fails, at once
   */
  <T> List<T> work(List<Callable<T>> pieces, IntConsumer done)
      throws InterruptedException, ExecutionException {
    var completion = new ExecutorCompletionService<T>(threads);
    List<Future<T>> futures = pieces.stream().map(completion::submit).toList();
    for (int count = 1; count <= futures.size(); count++) {
      completion.take().get();
      done.accept(count);
    }
    return futures.stream().map(Future::resultNow).toList();
  }

  /** Interrupts what is still going on and waits for its end, whatever interrupts the waiting. */
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }

  private static ThreadFactory standingBack(int niceness) {
    ThreadFactory plain = Thread.ofPlatform().daemon().name(NAME, 0).factory();
    return work ->
        plain.newThread(
            () -> {
              CallingThread.nice(niceness);
              work.run();
            });
  }
}
