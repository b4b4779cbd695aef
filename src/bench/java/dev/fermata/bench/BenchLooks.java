package dev.fermata.bench;

import dev.fermata.journal.Jobs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Counts how often the server asks its database for jobs. */
@RestController
public class BenchLooks implements BeanPostProcessor {

  private final AtomicLong asked = new AtomicLong();

  @GetMapping("/looks")
  String looks() {
    return Long.toString(asked.get());
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof Jobs jobs ? counted(jobs) : bean;
  }

  private Jobs counted(Jobs jobs) {
    return (Jobs)
        Proxy.newProxyInstance(
            Jobs.class.getClassLoader(),
            new Class<?>[] {Jobs.class},
            (proxy, method, given) -> {
              asked.incrementAndGet();
              try {
                return method.invoke(jobs, given);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
