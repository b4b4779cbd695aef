package dev.fermata.promises;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Finished;
import dev.fermata.journal.Journal;
import dev.fermata.journal.Unfinished;
import dev.fermata.kind.Resource;
import dev.fermata.kind.Run;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one run of the server has until it fails. From then on nothing that the run does reaches the
 * disk or is seen; but its workers may be let to say how their jobs ended, as one may that was
 * taken for dead. Safe for use by many threads.
 */
final class Power implements Journal, Resource {

  private final Recorder recorder;
  private final CompletableFuture<Void> failed = new CompletableFuture<>();
  private final AtomicInteger refused = new AtomicInteger();

  @GuardedBy("this")
  private int left;

  @GuardedBy("this")
  private boolean outlived;

  /**
   * One that lasts.
   *
   * @param appends so many, and fails
   */
  Power(Recorder recorder, int appends) {
    this.recorder = recorder;
    this.left = appends;
  }

  /** It fails now, if it has not failed yet; returns when nothing is on its way to the disk. */
  void fail() {
    synchronized (this) {
      left = 0;
    }
    recorder.append(List.of(), () -> recorder.saw(new Seen.Crash())).join();
    failed.complete(null);
  }

  /** Whether from now on its workers may say how their jobs ended. */
  synchronized void outlived(boolean is) {
    outlived = is;
  }

  /** Completes when it is about to fail. */
  CompletableFuture<Void> failing() {
    return failed;
  }

  /** How many ends came too late and were refused. */
  int refused() {
    return refused.get();
  }

  @Override
  public synchronized CompletableFuture<Void> append(List<? extends Fact> facts, Runnable then) {
    if (left > 0) {
      left--;
      return recorder.append(facts, then);
    }
    failed.complete(null);
    return outlived && facts.stream().anyMatch(Finished.class::isInstance)
        ? recorder.append(facts, then).whenComplete((durable, refusal) -> count(refusal))
        : new CompletableFuture<>();
  }

  private void count(@Nullable Throwable refusal) {
    if (refusal != null) {
      refused.incrementAndGet();
    }
  }

  synchronized void saw(Seen what) {
    if (left > 0) {
      recorder.saw(what);
    }
  }

  @Override
  public AutoCloseable open(Run run) {
    String job = run.job().id().toString();
    saw(new Seen.Opened(job, run.attempt()));
    return () -> saw(new Seen.Closed(job, run.attempt()));
  }

  @Override
  public void replay(Consumer<Unfinished> consumer) {
    recorder.replay(consumer);
  }

  @Override
  public long lastSeq() {
    return recorder.lastSeq();
  }
}
