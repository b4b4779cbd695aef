package dev.fermata.tool.command;

import dev.fermata.kind.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.util.unit.DataSize;

/**
 * What a program writes, given out as events while it runs. It reads behind the program, on a
 * thread of its own: the program never waits for it.
 */
final class OutputEvents implements AutoCloseable {

  private static final int LOOK_MILLIS = 50;

  private final Run run;
  private final List<EventStream> streams;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CompletableFuture<Void> followed;

  /** How many bytes may still be given out. Only the following thread looks at this. */
  private long left;

  private boolean full;

  private OutputEvents(Run run, List<EventStream> streams, DataSize limit) {
    this.run = run;
    this.streams = streams;
    this.left = limit.toBytes();
    this.followed =
        CompletableFuture.runAsync(
            this::follow, Thread.ofVirtual().name("output-" + run.job().id())::start);
  }

  /**
   * Makes the files that the program's output goes to, and begins to follow them.
   *
   * @param limit the most that is given out, in bytes
   */
  static OutputEvents follow(Run run, DataSize limit) throws IOException {
    EventStream stdout = EventStream.open(run, Command.STDOUT);
    EventStream stderr = EventStream.open(run, Command.STDERR);
    return new OutputEvents(run, List.of(stdout, stderr), limit);
  }

  /** Gives out the rest, once nothing writes any more. It can't be interrupted. */
  @Override
  public void close() {
    ended.countDown();
    followed.join();
  }

  private void follow() {
    try (EventStream stdout = streams.getFirst();
        EventStream stderr = streams.getLast()) {
      boolean last = false;
      while (!last && !full) {
        last = ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        drain(stdout, last);
        drain(stderr, last);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private void drain(EventStream stream, boolean last) throws IOException {
    while (!full && stream.hasMore()) {
      if (left == 0) {
        full = true;
        stream.say("\n[The rest is in the files 'stdout' and 'stderr' only.]\n");
        run.warn(
            "The program wrote more than events are kept of; all of it is in 'stdout' and 'stderr'.");
      } else {
        left -= stream.next(left);
      }
    }
    if (last && !full) {
      stream.end();
    }
  }
}
