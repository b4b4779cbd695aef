package dev.fermata.bench;

import dev.fermata.job.Answer;
import dev.fermata.kind.JobHandler;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Handlers that do nothing but what is measured, and what they saw. */
@Configuration(proxyBeanMethods = false)
@RestController
public class BenchHandlers {

  /**
   * How often the handler that hangs began and was stopped, and when last.
   *
   * @param at by {@link System#nanoTime}, which all processes of a machine share
   */
  record Hung(int began, int stopped, long at) {}

  private volatile Hung hung = new Hung(0, 0, 0); // written by the one worker of its lane

  @GetMapping("/hung")
  String hung() {
    Hung now = hung;
    return now.began() + " " + now.stopped() + " " + now.at();
  }

  @Bean
  JobHandler hang() {
    return run -> {
      hung = new Hung(hung.began() + 1, hung.stopped(), hung.at());
      try {
        new CountDownLatch(1).await();
        throw new IllegalStateException("nobody counts it down");
      } finally {
        hung = new Hung(hung.began(), hung.stopped() + 1, System.nanoTime());
      }
    };
  }

  /** Adds as many messages as it is told. */
  @Bean
  JobHandler turn() {
    return run -> {
      for (int i = Integer.parseInt(run.input("count")); i > 0; i--) {
        Objects.requireNonNull(run.session())
            .append("user", "a message of some forty characters: " + i);
      }
      return new Answer(null, null);
    };
  }

  /** Gives out as many small chunks as it is told, as fast as they are taken. */
  @Bean
  JobHandler chatter() {
    return run -> {
      for (int i = Integer.parseInt(run.input("count")); i > 0; i--) {
        run.chunk("stdout", "a line of twenty chars\n");
      }
      return new Answer(null, null);
    };
  }
}
