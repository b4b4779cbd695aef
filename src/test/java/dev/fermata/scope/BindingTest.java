package dev.fermata.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Values are reached from the scope that a thread works in, outward. */
class BindingTest {

  private static final Key<String> NAME = Key.named("name");

  private final Scope application = Scope.application();

  @Test
  void childSeesWhatItsParentsBind() {
    application.bind(NAME, "of the application");
    Scope job = application.open();

    assertThat(job.get(NAME)).isEqualTo("of the application");
    assertThat(job.open().get(NAME)).isEqualTo("of the application");
  }

  @Test
  void nearestValueIsSeenAndItsSiblingsAndParentsSeeNothingOfIt() {
    application.bind(NAME, "of the application");
    Scope job = application.open();
    job.bind(NAME, "of the job");

    assertThat(job.get(NAME)).isEqualTo("of the job");
    assertThat(application.get(NAME)).isEqualTo("of the application");
    assertThat(application.open().get(NAME)).isEqualTo("of the application");
  }

  @Test
  void keysOfOneNameAreTwo() {
    application.bind(NAME, "value");

    assertThat(application.find(Key.<String>named("name"))).isEmpty();
  }

  @Test
  void valueThatNobodyBoundIsNamed() {
    assertThat(application.find(NAME)).isEmpty();
    assertThatThrownBy(() -> application.get(NAME))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("name");
  }

  @Test
  void valueNeverChanges() {
    application.bind(NAME, "first");

    assertThatThrownBy(() -> application.bind(NAME, "second"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(application.get(NAME)).isEqualTo("first");
  }

  @Test
  void lateBindingIsRefused() {
    List<String> seen = new CopyOnWriteArrayList<>();
    application.bind(NAME, "value");
    application.hold(() -> seen.add(application.get(NAME)));
    application.hold(() -> application.bind(Key.named("while closing"), 1));

    assertThatThrownBy(application::close).hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> application.bind(Key.named("late"), 1))
        .isInstanceOf(IllegalStateException.class);
    assertThat(seen).as("what closes still sees what was bound").containsExactly("value");
  }

  @Test
  void threadWorksInNoScopeUntilOneIsBound() {
    assertThatThrownBy(Scope::current)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Thread.currentThread().getName());

    assertThat(application.call(Scope::current)).isSameAs(application);

    assertThatThrownBy(Scope::current).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void innermostScopeIsTheCurrentOne() {
    Scope job = application.open();

    application.run(
        () -> {
          job.run(() -> assertThat(Scope.current()).isSameAs(job));
          assertThat(Scope.current()).isSameAs(application);
        });
  }

  @Test
  void failureOfTheWorkComesOutAsItIs() {
    var failure = new IOException("unreadable");

    assertThatThrownBy(
            () ->
                application.call(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @Test
  void otherThreadsInheritNoScopeAndCanBeGivenOne() throws Exception {
    List<Object> seen = new CopyOnWriteArrayList<>();

    application.run(() -> join(() -> seen.add(scopeOfThisThread())));
    join(() -> application.run(() -> seen.add(scopeOfThisThread())));

    assertThat(seen).containsExactly("none", application);
  }

  private static Object scopeOfThisThread() {
    try {
      return Scope.current();
    } catch (IllegalStateException e) {
      return "none";
    }
  }

  private static void join(Runnable work) {
    try {
      Thread.ofPlatform().start(work).join();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts tests", e);
    }
  }

  @Test
  void closingWorksInTheScopeThatCloses() {
    List<Scope> seen = new CopyOnWriteArrayList<>();
    application.hold(() -> seen.add(Scope.current()));
    Scope job = application.open();
    job.hold(() -> seen.add(Scope.current()));

    application.close();

    assertThat(seen).containsExactly(job, application);
  }
}
