package dev.fermata.wiring;

import dev.fermata.scope.ApplicationResource;
import dev.fermata.scope.FailureHandler;
import dev.fermata.scope.Scope;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;

/** The application's scope, what deployers open in it, and the bean scope of jobs. */
@Configuration(proxyBeanMethods = false)
class ScopeConfiguration {

  @Bean
  ExitOnFailure exitOnFailure(
      ConfigurableApplicationContext context, ObjectProvider<FailureHandler> handlers) {
    return new ExitOnFailure(context, handlers, System::exit);
  }

  /** Closed by its lifetime, after the last job, and not as a bean. */
  @Bean(destroyMethod = "")
  Scope application(ExitOnFailure exitOnFailure) {
    return Scope.application(exitOnFailure::failed);
  }

  @Bean
  ApplicationLifetime applicationLifetime(Scope application, ListableBeanFactory beans) {
    return new ApplicationLifetime(
        application,
        beans.getBeanProvider(ApplicationResource.class).orderedStream().toList(),
        beans.getBeansOfType(ApplicationResource.class));
  }

  /** For what a request leaves to Spring's executor. */
  @Bean
  TaskDecorator inApplicationScope(Scope application) {
    return task -> () -> application.run(task);
  }

  @Bean
  static JobScope jobScope() {
    return new JobScope();
  }
}
