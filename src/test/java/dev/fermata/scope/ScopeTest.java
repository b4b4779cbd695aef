package dev.fermata.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A scope closes what it holds, newest first, come what may. */
class ScopeTest {

  private final List<String> trail = new CopyOnWriteArrayList<>();
  private final Scope application = Scope.application();

  @AfterEach
  void noInterruptIsLeft() {
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void closesNewestFirstAndEachOnce() {
    application.hold(named("database"));
    application.hold(named("cache"));
    application.hold(named("client"));

    application.close();
    application.close();

    assertThat(trail).containsExactly("client", "cache", "database");
  }

  @Test
  void failingCloseSkipsNothingAndTheFirstStaysPrimary() {
    var first = new IOException("first");
    var second = new IllegalStateException("second");
    var third = new StackOverflowError("third");
    application.hold(failing("a", third));
    application.hold(named("b"));
    application.hold(failing("c", second));
    application.hold(failing("d", first));

    assertThatThrownBy(application::close)
        .isInstanceOf(CloseFailed.class)
        .hasCause(first)
        .hasSuppressedException(second)
        .hasSuppressedException(third);

    assertThat(trail).containsExactly("d", "c", "b", "a");
  }

  @Test
  void lateHoldIsRefusedAndTheThingClosed() {
    application.close();

    assertThatThrownBy(() -> application.hold(named("late")))
        .isInstanceOf(IllegalStateException.class);

    assertThat(trail).containsExactly("late");
  }

  @Test
  void lateThingThatDoesNotCloseIsReportedToo() {
    application.close();
    var error = new AssertionError("stuck");

    assertThatThrownBy(() -> application.hold(failing("late", error)))
        .isInstanceOf(IllegalStateException.class)
        .hasSuppressedException(error);
  }

  @Test
  void closedScopeOpensNoOther() {
    application.close();

    assertThatThrownBy(application::open).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatIsHeldWhileTheScopeClosesIsRefused() {
    application.hold(() -> trail.add(refusal(() -> application.hold(named("late")))));

    application.close();

    assertThat(trail).containsExactly("late", "IllegalStateException");
  }

  private static String refusal(Runnable late) {
    return catchThrowable(late::run).getClass().getSimpleName();
  }

  @Test
  void interruptNeitherReachesTheClosingNorIsLost() {
    application.hold(() -> trail.add("interrupted " + Thread.currentThread().isInterrupted()));
    Thread.currentThread().interrupt();

    application.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(trail).containsExactly("interrupted false");
  }

  @Test
  void interruptDuringOneCloseDoesNotReachTheNext() {
    application.hold(() -> trail.add("interrupted " + Thread.currentThread().isInterrupted()));
    application.hold(() -> Thread.currentThread().interrupt());

    application.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(trail).containsExactly("interrupted false");
  }

  @Test
  void childClosesWithItsParentInItsPlace() {
    application.hold(named("database"));
    Scope job = application.open();
    job.hold(named("directory"));
    application.hold(named("client"));

    application.close();

    assertThat(trail).containsExactly("client", "directory", "database");
    assertThatThrownBy(() -> job.hold(named("late"))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closedChildIsNotClosedAgainByItsParent() {
    Scope job = application.open();
    job.hold(named("directory"));
    job.close();

    application.close();

    assertThat(trail).containsExactly("directory");
  }

  @Test
  void closedChildIsLetGo() {
    var jobs = new ArrayList<WeakReference<Scope>>();
    for (int i = 0; i < 100; i++) {
      Scope job = application.open();
      jobs.add(new WeakReference<>(job));
      job.close();
    }

    System.gc();

    assertThat(jobs).anyMatch(job -> job.refersTo(null));
  }

  @Test
  void failingCloseOfAChildIsReportedByTheOneWhoClosedIt() {
    Scope job = application.open();
    job.hold(failing("directory", new IOException("full")));

    assertThatThrownBy(job::close).isInstanceOf(CloseFailed.class);

    application.close();
    assertThat(trail).containsExactly("directory");
  }

  @Test
  void secondClosingThreadTakesNothingFromTheFirst() throws Exception {
    var closing = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    application.hold(named("database"));
    application.hold(
        () -> {
          closing.countDown();
          go.await();
          trail.add("client");
        });
    Thread first = Thread.ofVirtual().start(application::close);
    closing.await();

    application.close();
    go.countDown();
    first.join();

    assertThat(trail).containsExactly("client", "database");
  }

  private AutoCloseable named(String name) {
    return () -> trail.add(name);
  }

  private AutoCloseable failing(String name, Throwable failure) {
    return () -> {
      trail.add(name);
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    };
  }
}
