package dev.fermata.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fermata.scope.ApplicationResource;
import dev.fermata.scope.FailureHandler;
import dev.fermata.scope.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The application's scope in a context of its own: when it opens and closes, and what ends it. */
@Timeout(60)
class ApplicationScopeTest {

  private static final List<String> trail = new CopyOnWriteArrayList<>();
  private static final BlockingQueue<Integer> exits = new LinkedBlockingQueue<>();

  /** What the background task does once it is completed. */
  private static CompletableFuture<Exception> failure = new CompletableFuture<>();

  @BeforeEach
  void clear() {
    trail.clear();
    exits.clear();
    failure = new CompletableFuture<>();
  }

  @Configuration(proxyBeanMethods = false)
  static class Deployed extends ScopeConfiguration {

    /** With an exit that leaves the tests alive. */
    @Bean
    @Override
    ExitOnFailure exitOnFailure(
        ConfigurableApplicationContext context, ObjectProvider<FailureHandler> handlers) {
      return new ExitOnFailure(context, handlers, exits::add);
    }

    @Bean
    @Order(2)
    ApplicationResource cache() {
      return application -> open(application, "cache");
    }

    @Bean
    @Order(1)
    ApplicationResource proteins() {
      return application -> open(application, "proteins");
    }

    @Bean
    @Order(3)
    ApplicationResource watch() {
      return application ->
          application.supervise(
              "watch",
              () -> {
                throw failure.get();
              });
    }

    @Bean
    Work work() {
      return new Work();
    }
  }

  /** In the place of lanes and web. */
  static final class Work implements SmartLifecycle {

    private boolean running;

    @Override
    public void start() {
      trail.add("work begins");
      running = true;
    }

    @Override
    public void stop() {
      trail.add("work ends");
      running = false;
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public int getPhase() {
      return StartOfWork.PHASE;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Broken {

    @Bean
    @Order(4)
    ApplicationResource model() {
      return application -> {
        open(application, "half a model");
        throw new IOException("no route to the model");
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Accepting {

    @Bean
    FailureHandler planned() {
      return cause -> "planned".equals(cause.getMessage());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Confused {

    @Bean
    FailureHandler confused() {
      return cause -> {
        throw new IllegalStateException("who knows", cause);
      };
    }
  }

  private static void open(Scope application, String name) {
    assertThat(Scope.current()).isSameAs(application);
    trail.add("opened " + name);
    application.hold(() -> trail.add("closed " + name));
  }

  private static ConfigurableApplicationContext start(Class<?>... more) {
    return new SpringApplicationBuilder(Deployed.class)
        .sources(more)
        .web(WebApplicationType.NONE)
        .properties("logging.level.root=warn")
        .run();
  }

  @Test
  void opensInOrderBeforeTheWorkAndClosesNewestFirstAfterIt() {
    start().close();

    assertThat(trail)
        .containsExactly(
            "opened proteins",
            "opened cache",
            "work begins",
            "work ends",
            "closed cache",
            "closed proteins");
    assertThat(exits).isEmpty();
  }

  @Test
  void failedOpeningClosesWhatIsOpenAndIsNamed() {
    Throwable failed = catchThrowable(() -> start(Broken.class));

    assertThat(trail)
        .containsExactly(
            "opened proteins",
            "opened cache",
            "opened half a model",
            "closed half a model",
            "closed cache",
            "closed proteins");
    assertThat(Objects.requireNonNull(new StartFailures().analyze(failed)).getDescription())
        .contains("application resource model", "no route to the model");
  }

  @Test
  void failingTaskEndsTheApplicationInOrder() throws Exception {
    try (var context = start()) {
      failure.complete(new IOException("broken"));

      assertThat(exits.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(context.isActive()).isFalse();
    }
    assertThat(trail).endsWith("work ends", "closed cache", "closed proteins");
    assertThat(exits).isEmpty();
  }

  @Test
  void acceptedFailureEndsItWell() throws Exception {
    try (var context = start(Accepting.class)) {
      failure.complete(new IOException("planned"));

      assertThat(exits.poll(30, TimeUnit.SECONDS)).isZero();
      assertThat(context.isActive()).isFalse();
    }
  }

  @Test
  void otherFailureIsNotAcceptedByTheWay() throws Exception {
    try (var context = start(Accepting.class)) {
      failure.complete(new IOException("broken"));

      assertThat(exits.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(context.isActive()).isFalse();
    }
  }

  @Test
  void handlerThatFailsAcceptsNothing() throws Exception {
    try (var context = start(Confused.class)) {
      failure.complete(new IOException("broken"));

      assertThat(exits.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(context.isActive()).isFalse();
    }
  }

  @Test
  void failureDuringTheStartWaitsForItsEnd() throws Exception {
    failure.complete(new IOException("broken"));

    try (var context = start()) {
      assertThat(exits.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(context.isActive()).isFalse();
    }
    assertThat(trail).endsWith("work begins", "work ends", "closed cache", "closed proteins");
  }

  @Test
  void secondFailureEndsNothingAgain() throws Exception {
    try (var context = start()) {
      var exit = context.getBean(ExitOnFailure.class);
      exit.failed("first", new IOException("broken"));
      exit.failed("second", new IOException("planned"));

      assertThat(exits.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
      exit.failed("third", new IOException("late"));
    }
    assertThat(exits).isEmpty();
  }

  @Test
  void noJobNoBeanOfAJob() {
    try (var context = start()) {
      JobScope scope = context.getBean(JobScope.class);
      Scope application = context.getBean(Scope.class);

      assertThatThrownBy(() -> scope.get("notebook", Object::new))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("works in no scope");
      assertThatThrownBy(() -> application.run(() -> scope.get("notebook", Object::new)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no job runs here");
    }
  }
}
