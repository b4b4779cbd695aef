package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.context.annotation.ScopedProxyMode.TARGET_CLASS;

import dev.fermata.kind.Resource;
import dev.fermata.kind.Run;
import dev.fermata.scope.ApplicationResource;
import dev.fermata.scope.Key;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is open for the application is reached by requests and jobs; a job has beans of its own. */
@Import(ScopesTest.Deployed.class)
class ScopesTest extends ServerTest {

  private static final Key<String> MODEL = Key.named("model");
  private static final List<String> TRAIL = new CopyOnWriteArrayList<>();

  @TestConfiguration(proxyBeanMethods = false)
  static class Deployed {

    @Bean
    ApplicationResource model() {
      return application -> application.bind(MODEL, "model of the application");
    }

    @Bean
    Resource library(Notebook notebook) {
      return run -> {
        leave("opened library", notebook);
        return () -> leave("closed library", notebook);
      };
    }

    @Bean
    @Scope(scopeName = "job", proxyMode = TARGET_CLASS)
    Notebook notebook(Run run) {
      return new Notebook(run.input("text"));
    }

    @Bean
    Desk desk() {
      return new Desk();
    }
  }

  /** Belongs to one job, whose text it knows. */
  static class Notebook implements DisposableBean {

    private final String text;

    Notebook(String text) {
      this.text = text;
      TRAIL.add(Thread.currentThread().getName() + ": made notebook of " + text);
    }

    public String text() {
      return text;
    }

    @Override
    public void destroy() {
      leave("destroyed", this);
    }
  }

  @RestController
  static class Desk {

    @Autowired private Notebook notebook;

    @GetMapping("/model")
    String now() {
      return dev.fermata.scope.Scope.current().get(MODEL);
    }

    @GetMapping("/model-later")
    Callable<String> later() {
      return this::now;
    }

    @GetMapping("/notebook")
    String notebook() {
      return notebook.text();
    }
  }

  @Autowired private Notebook notebook;
  @Autowired private Run current;

  private static void leave(String what, Notebook notebook) {
    TRAIL.add(
        "%s: %s, notebook of %s"
            .formatted(Thread.currentThread().getName(), what, notebook.text()));
  }

  @BeforeEach
  void clearTrail() {
    TRAIL.clear();
  }

  @Test
  void requestsSeeWhatIsBoundForTheApplication() {
    assertThat(client().get("/model").text()).contains("model of the application");
    assertThat(client().get("/model-later").text()).contains("model of the application");
  }

  @Test
  void jobsSeeWhatIsBoundForTheApplication() {
    script.on("which", run -> Script.answer(dev.fermata.scope.Scope.current().get(MODEL)));

    assertThat(client().ended(client().submit("script", "which")).at("/result"))
        .isEqualTo("model of the application");
  }

  @Test
  void beanOfAJobIsOneForTheWholeJobAndGoneBeforeTheNext() {
    for (String text : List.of("first", "second")) {
      script.on(
          text,
          run -> {
            leave("ran " + current.input("text"), notebook);
            return Script.answer(text);
          });
    }

    List<String> jobs =
        List.of(client().submit("script", "first"), client().submit("script", "second"));
    jobs.forEach(job -> assertThat(client().ended(job).at("/status")).isEqualTo("succeeded"));

    assertThat(TRAIL)
        .containsExactly(
            "lane-default-1: made notebook of first",
            "lane-default-1: opened library, notebook of first",
            "lane-default-1: ran first, notebook of first",
            "lane-default-1: closed library, notebook of first",
            "lane-default-1: destroyed, notebook of first",
            "lane-default-1: made notebook of second",
            "lane-default-1: opened library, notebook of second",
            "lane-default-1: ran second, notebook of second",
            "lane-default-1: closed library, notebook of second",
            "lane-default-1: destroyed, notebook of second");
  }

  @Test
  void requestHasNoBeanOfAJob() {
    assertThat(client().get("/notebook").status()).isEqualTo(500);
    assertThat(TRAIL).isEmpty();
  }
}
