package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.acceptance.Routes.Route;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every answer tells browsers to do nothing with it but show it. */
@Import(HeadersTest.Mistake.class)
class HeadersTest extends KeyedTest {

  /** A controller that fails when it has said half of its answer. */
  @RestController
  static class Mistake {

    @GetMapping("/mistake")
    void fail(HttpServletResponse response) {
      response.setHeader("Location", "/nowhere");
      throw new IllegalStateException("a mistake");
    }
  }

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mapping;

  @Test
  void everyRouteWithAndWithoutAKey() {
    String job = alice().ended(alice().submit("argument", "word")).id();
    for (Route route : Routes.of(mapping)) {
      for (String id : List.of(job, "x")) {
        for (Client client : List.of(alice(), stranger())) {
          if (!route.method().equals("DELETE")) {
            assertGuarded(client.send(route.method(), route.address(id), new byte[0]));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nowhere",
        "/static/page.css",
        "/static/nothing.css",
        "/actuator",
        "/actuator/health",
        "/actuator/prometheus",
        "/actuator/nothing"
      })
  void whatIsNoRouteOfOursToo(String address) {
    assertGuarded(alice().get(address));
    assertGuarded(alice().send("OPTIONS", address, new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /jobs/%zz HTTP/1.1", "GET /a%2fb HTTP/1.1", "TRACE / HTTP/1.1"})
  void whatTomcatRefusesItself(String line) throws IOException {
    try (var wire = strangersWire()) {
      Reply reply = wire.lines(line, "Host: localhost", "").read();

      assertThat(reply.status()).isBetween(400, 499);
      assertGuarded(reply);
    }
  }

  @Test
  void mistakeOfTheServer() {
    Reply reply = alice().get("/mistake");

    assertProblem(reply, 500, "internal-error");
    assertGuarded(reply);
  }

  @Test
  void pageHasItsOwnStyleAndNothingElse() {
    for (String address : List.of("/", "/problems", "/problems/gone")) {
      Reply page = alice().get(address, "Accept", "text/html");

      assertThat(page.header("Content-Security-Policy"))
          .contains("default-src 'none'", "style-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      String sheet = address.equals("/") ? "/static/dashboard.css" : "/static/page.css";
      assertThat(page.text()).contains("href=\"" + sheet + "\"").doesNotContain("<style");
      Reply style = stranger().get(sheet);
      assertThat(style.status()).isEqualTo(200);
      assertThat(style.header("Content-Type")).startsWith("text/css");
    }
  }

  @Test
  void whatJobsWroteStaysInItsSandbox() {
    String job = alice().ended(alice().submit("argument", "word")).id();

    Reply file = alice().get("/jobs/" + job + "/files/stdout");

    assertThat(file.header("Content-Security-Policy")).isEqualTo("sandbox");
    assertGuarded(file);
  }

  @Test
  void documentsMayBeKeptOnlyToAskAgain() {
    String job = alice().ended(alice().submit("script", "done")).id();
    Reply document = alice().job(job);

    assertThat(document.header("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(alice().get("/jobs/" + job, "If-None-Match", document.header("ETag")).status())
        .isEqualTo(304);
    assertThat(alice().get("/jobs").header("Cache-Control")).isEqualTo("no-store");
    assertThat(alice().get("/jobs/" + job + "/events", "Accept", "application/x-ndjson"))
        .matches(stream -> stream.header("Cache-Control").equals("no-cache"));
  }

  private static void assertGuarded(Reply reply) {
    assertThat(reply.header("X-Content-Type-Options")).as(reply.toString()).isEqualTo("nosniff");
    assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(reply.header("Cache-Control")).isNotEmpty();
    assertThat(reply.header("Content-Security-Policy"))
        .doesNotContain("unsafe")
        .satisfiesAnyOf(
            policy -> assertThat(policy).isEqualTo("sandbox"),
            policy -> assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'"));
    for (String name : reply.headers().map().keySet()) {
      assertThat(reply.headers().allValues(name)).as(name).hasSize(1);
    }
  }
}
