package dev.fermata.scope;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A background task at work. To close it is to interrupt it and to wait for its end. */
final class Supervised implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Supervised.class);

  /** What a task that does not listen may take of a stop. */
  private static final long PATIENCE_SECONDS = 5;

  private final String name;
  private final Scope scope;
  private final BackgroundTask task;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;

  private Supervised(String name, Scope scope, BackgroundTask task) {
    this.name = name;
    this.scope = scope;
    this.task = task;
    // Not virtual: one that computes would take a carrier from the requests.
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::work);
  }

  static Supervised start(String name, Scope scope, BackgroundTask task) {
    var supervised = new Supervised(name, scope, task);
    supervised.thread.start();
    return supervised;
  }

  private void work() {
    try {
      scope.call(
          () -> {
            task.run();
            return null;
          });
      ended.complete(null);
    } catch (Exception | Error e) {
      failed(e);
    }
  }

  private void failed(Throwable cause) {
    if (!scope.isOpen()) {
      log.debug("Background task {} ended by its interrupt", name, cause);
      ended.complete(null);
    } else if (scope.tell(name, cause)) {
      ended.complete(null);
    } else {
      ended.completeExceptionally(cause);
    }
  }

  /** Throws what the task failed with, unless somebody was told of that before. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      ended.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join(); // an interrupt does not cut this
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "background task " + name + ": " + e.getCause(), e.getCause());
    }
  }
}
