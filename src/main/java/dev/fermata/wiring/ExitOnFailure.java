package dev.fermata.wiring;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.scope.FailureHandler;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

/**
 * Ends the server in order when a background task of the application has failed: as at any stop
 * intake ends, jobs end or are handed back, and everything closes. A failure during a stop, this
 * one or another, starts no second one.
 */
final class ExitOnFailure {

  private static final Logger log = LoggerFactory.getLogger(ExitOnFailure.class);

  private final ConfigurableApplicationContext context;
  private final ObjectProvider<FailureHandler> handlers;
  private final IntConsumer exit;

  @GuardedBy("this")
  private OptionalInt code = OptionalInt.empty();

  @GuardedBy("this")
  private boolean ready;

  /** Ends nothing yet. */
  ExitOnFailure(
      ConfigurableApplicationContext context,
      ObjectProvider<FailureHandler> handlers,
      IntConsumer exit) {
    this.context = context;
    this.handlers = handlers;
    this.exit = exit;
  }

  /** To be told by the scope of the application, from the task's thread; returns at once. */
  synchronized void failed(String task, Throwable cause) {
    if (code.isPresent() || !context.isActive()) {
      log.warn("Background task {} failed while the server stopped", task, cause);
      return;
    }
    code = OptionalInt.of(codeOf(task, cause));
    if (ready) {
      end(code.getAsInt());
    }
  }

  private int codeOf(String task, Throwable cause) {
    if (accepted(cause)) {
      log.info(
          "Background task {} ended as it may, and the server with it: {}", task, cause, cause);
      return 0;
    }
    log.error("Background task {} failed: the server stops", task, cause);
    return 1;
  }

  private boolean accepted(Throwable cause) {
    try {
      return handlers.orderedStream().anyMatch(handler -> handler.accepts(cause));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
      return false;
    }
  }

  /** A context that is still starting can't be closed in order: such a failure waits for it. */
  @EventListener(ApplicationReadyEvent.class)
  synchronized void started() {
    ready = true;
    code.ifPresent(this::end);
  }

  /** On a thread that keeps the process alive until its exit code is given. */
  private void end(int withCode) {
    Thread.ofPlatform()
        .name("exit")
        .daemon(false) // it would be one, as a child of the task's thread is
        .start(() -> exit.accept(SpringApplication.exit(context, () -> withCode)));
  }
}
