package org.example;

import dev.fermata.job.Answer;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Run;
import dev.fermata.scope.ApplicationResource;
import dev.fermata.scope.FailureHandler;
import dev.fermata.scope.Key;
import dev.fermata.scope.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * What a deployer adds to a server: two resources, a background task that a job can make fail, and
 * a handler. All leave a trail in a file.
 */
@Configuration(proxyBeanMethods = false)
public class Laboratory {

  private static final Key<String> PROTEINS = Key.named("proteins");

  private final CompletableFuture<Void> watched = new CompletableFuture<>();
  private final Path trail;

  Laboratory(@Value("${laboratory.trail}") Path trail) {
    this.trail = trail;
  }

  @Bean
  @Order(1)
  ApplicationResource proteins() {
    return application -> {
      application.bind(PROTEINS, "proteins");
      opened(application, "proteins");
    };
  }

  @Bean
  @Order(2)
  ApplicationResource cache(@Value("${laboratory.unreachable:}") String unreachable) {
    return application -> {
      if (unreachable.equals("cache")) {
        throw new IOException("no route to the cache");
      }
      opened(application, "cache");
    };
  }

  private void opened(Scope application, String name) throws IOException {
    leave("opened " + name);
    application.hold(() -> leave("closed " + name));
  }

  @Bean
  @Order(3)
  ApplicationResource watch() {
    return application -> application.supervise("watch", this::awaitFailure);
  }

  private void awaitFailure() throws Exception {
    try {
      watched.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Bean
  FailureHandler plannedEnd() {
    return cause -> "planned".equals(cause.getMessage());
  }

  /** Its first attempts make the task fail, and go on until they are stopped. */
  @Bean
  JobHandler probe(@Value("${laboratory.holds:1}") int holds) {
    return run -> probe(run, holds);
  }

  private Answer probe(Run run, int holds) throws Exception {
    leave("began with " + Scope.current().get(PROTEINS));
    if (run.attempt() <= holds) {
      try {
        watched.completeExceptionally(new IOException(run.input("failure")));
        new CountDownLatch(1).await();
      } finally {
        leave("stopped with " + Scope.current().get(PROTEINS));
      }
    }
    return new Answer(null, null);
  }

  private void leave(String mark) throws IOException {
    Files.writeString(trail, mark + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
