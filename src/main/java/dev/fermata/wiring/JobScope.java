package dev.fermata.wiring;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.kind.Resource;
import dev.fermata.kind.Run;
import dev.fermata.scope.Key;
import dev.fermata.scope.Scope;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The bean scope {@code job}: one instance for a whole job, made at its first use and destroyed on
 * the worker when the job's scope closes. Any bean can have the {@link Run} of the current job
 * injected too.
 */
@Order(Ordered.HIGHEST_PRECEDENCE) // the resources of a job may use such beans
final class JobScope
    implements org.springframework.beans.factory.config.Scope, BeanFactoryPostProcessor, Resource {

  private static final Key<Beans> BEANS = Key.named("beans of the job");

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
    factory.registerScope("job", this);
    factory.registerResolvableDependency(
        Run.class, (ObjectFactory<Run> & Serializable) () -> beans().run);
  }

  @Override
  public AutoCloseable open(Run run) {
    Scope job = Scope.current();
    job.bind(BEANS, new Beans(run, job));
    return () -> {}; // each bean is held on its own, in its place
  }

  private static Beans beans() {
    return Scope.current()
        .find(BEANS)
        .orElseThrow(
            () -> new IllegalStateException("no job runs here: only jobs have such beans"));
  }

  @Override
  public Object get(String name, ObjectFactory<?> factory) {
    return beans().get(name, factory);
  }

  @Override
  public void registerDestructionCallback(String name, Runnable destruction) {
    beans().job.hold(destruction::run);
  }

  @Override
  public Object remove(String name) {
    throw new UnsupportedOperationException(name + " lives as long as its job");
  }

  @Override
  public @Nullable Object resolveContextualObject(String key) {
    return key.equals("run") ? beans().run : null;
  }

  @Override
  public String getConversationId() {
    return beans().run.job().id().toString();
  }

  /** Those of one job, which may use them from several threads. */
  private static final class Beans {

    final Run run;
    final Scope job;

    @GuardedBy("this")
    private final Map<String, Object> byName = new HashMap<>();

    Beans(Run run, Scope job) {
      this.run = run;
      this.job = job;
    }

    /** Making one may ask for another. */
    synchronized Object get(String name, ObjectFactory<?> factory) {
      @Nullable Object made = byName.get(name);
      if (made == null) {
        made = factory.getObject();
        byName.put(name, made);
      }
      return made;
    }
  }
}
