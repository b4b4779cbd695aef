package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.acceptance.Routes.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Neither a key nor its hash nor that of a model is ever shown to anybody, nor logged. */
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "logging.level.root=debug",
      "logging.level.org.apache=trace",
      "logging.level.org.springframework.security=trace",
      "fermata.chat.models.closed.base-url=http://localhost:1/v1",
      "fermata.chat.models.closed.name=closed",
      "fermata.chat.models.closed.api-key=" + NoSecretsTest.MODELS,
      "fermata.kinds.closed.handler=chat",
      "fermata.kinds.closed.model=closed",
      "fermata.kinds.surroundings.handler=command",
      "fermata.kinds.surroundings.command=env"
    })
class NoSecretsTest extends KeyedTest {

  static final String MODELS = "sk-model-9WcTq2LzX";

  private static final List<String> ACTUATOR =
      List.of("", "/health", "/info", "/metrics", "/prometheus", "/env", "/configprops");

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mapping;

  @AfterAll
  static void speakLess(@Autowired LoggingSystem logging) {
    logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
    logging.setLogLevel("org.apache", null);
    logging.setLogLevel("org.springframework.security", null);
  }

  @Test
  void noAnswerAndNoLogShowsOne(CapturedOutput log) {
    String job = alice().ended(alice().submit("surroundings", "")).id();
    alice().ended(alice().submit("closed", "hello"));
    alice().putJson("/sessions/s", "{\"meta\":{}}");
    var answers = new ArrayList<Reply>();
    answers.add(stranger().as("wrong" + ALICE).get("/jobs"));
    answers.add(stranger().as(MODELS).get("/jobs"));
    for (Route route : Routes.of(mapping)) {
      if (route.method().equals("GET")) {
        String id = route.pattern().startsWith("/sessions") ? "s" : job;
        answers.add(alice().get(route.address(id)));
      }
    }
    ACTUATOR.forEach(endpoint -> answers.add(alice().get("/actuator" + endpoint)));

    for (String secret : List.of(ALICE, BOB, MODELS, hash(ALICE).substring(8), hash(BOB))) {
      assertThat(answers).noneMatch(answer -> answer.toString().contains(secret));
      assertThat(log).doesNotContain(secret);
    }
    assertThat(log).contains("DEBUG");
  }
}
