package dev.fermata.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A background task ends with its scope; when it fails before, that is told once. */
@Timeout(60)
class SupervisedTest {

  private final List<String> trail = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Map.Entry<String, Throwable>> told = new LinkedBlockingQueue<>();
  private final Scope application =
      Scope.application((task, cause) -> told.add(Map.entry(task, cause)));
  private final CountDownLatch begun = new CountDownLatch(1);

  @AfterEach
  void close() {
    application.close();
  }

  @Test
  void closeInterruptsTheTaskAndWaitsForItInItsPlace() throws Exception {
    application.hold(() -> trail.add("closed database"));
    application.supervise("refresh", this::untilInterrupted);
    application.hold(() -> trail.add("closed client"));
    begun.await();

    application.close();

    assertThat(trail).containsExactly("closed client", "task ended", "closed database");
    assertThat(told).isEmpty();
  }

  private void untilInterrupted() throws InterruptedException {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
    } finally {
      trail.add("task ended");
    }
  }

  @Test
  void taskWorksInItsScopeOnAThreadOfItsName() throws Exception {
    BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    application.supervise(
        "refresh",
        () -> {
          seen.add(Thread.currentThread().getName());
          seen.add(Scope.current());
        });

    assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("refresh");
    assertThat(seen.poll(30, TimeUnit.SECONDS)).isSameAs(application);
  }

  @Test
  void failureIsToldOnceAndDoesNotFailTheClose() throws Exception {
    var cause = new IOException("no route");

    application.supervise("refresh", failing(cause));

    assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(Map.entry("refresh", cause));
    application.close();
    assertThat(told).isEmpty();
  }

  @Test
  void errorIsAFailureToo() throws Exception {
    var cause = new StackOverflowError("too deep");

    application.supervise(
        "refresh",
        () -> {
          throw cause;
        });

    assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(Map.entry("refresh", cause));
  }

  @Test
  void taskThatReturnsIsJustOver() throws Exception {
    application.supervise("once", begun::countDown);
    begun.await();

    application.close();

    assertThat(told).isEmpty();
  }

  @Test
  void failureByTheInterruptIsNone() throws Exception {
    application.supervise(
        "refresh",
        () -> {
          try {
            untilInterrupted();
          } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
          }
        });
    begun.await();

    application.close();

    assertThat(trail).containsExactly("task ended");
    assertThat(told).isEmpty();
  }

  @Test
  void lateTaskIsRefusedAndEnded() {
    application.close();

    assertThatThrownBy(() -> application.supervise("late", this::untilInterrupted))
        .isInstanceOf(IllegalStateException.class);

    assertThat(trail).containsExactly("task ended");
    assertThat(told).isEmpty();
  }

  @Test
  void failureInAJobFailsTheCloseOfItsScopeAndNothingElse() throws Exception {
    Scope job = application.open();
    job.hold(() -> trail.add("closed directory"));
    var cause = new IOException("no route");
    job.supervise(
        "upload",
        () -> {
          begun.countDown();
          throw cause;
        });
    awaitEndOf("upload");

    assertThatThrownBy(job::close).isInstanceOf(CloseFailed.class).hasRootCause(cause);

    assertThat(trail).containsExactly("closed directory");
    assertThat(told).isEmpty();
  }

  /** Only a thread that is over is known to have failed while its scope was open. */
  private void awaitEndOf(String name) throws InterruptedException {
    begun.await();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(name)) {
        thread.join();
      }
    }
  }

  @Test
  void taskThatDoesNotListenIsReportedAndHoldsNothingUp() throws Exception {
    var letGo = new CountDownLatch(1);
    application.hold(() -> trail.add("closed database"));
    application.supervise("deaf", () -> awaitUninterruptibly(letGo));
    begun.await();

    assertThatThrownBy(application::close)
        .isInstanceOf(CloseFailed.class)
        .hasMessageContaining("deaf");

    letGo.countDown();
    assertThat(trail).containsExactly("closed database");
  }

  private void awaitUninterruptibly(CountDownLatch letGo) {
    begun.countDown();
    while (letGo.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  private static BackgroundTask failing(Exception cause) {
    return () -> {
      throw cause;
    };
  }
}
