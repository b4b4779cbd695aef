package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.openapi.Document;
import dev.fermata.openapi.Document.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** The document that the server gives away tells of all that it does, and of nothing else. */
class DescribedTest extends KeyedTest {

  @Autowired private Map<String, RequestMappingInfoHandlerMapping> mappings;

  @Test
  void everyRouteIsInTheDocumentAndEveryRouteOfTheDocumentIsThere() {
    assertThat(Document.served().routes())
        .containsExactlyInAnyOrderElementsOf(
            mappings.values().stream().flatMap(DescribedTest::routes).distinct().toList());
  }

  private static Stream<Route> routes(RequestMappingInfoHandlerMapping mapping) {
    return mapping.getHandlerMethods().entrySet().stream()
        .filter(it -> isOfTheServer(it.getValue()))
        .flatMap(it -> routes(it.getKey()));
  }

  /** And not of a test. */
  private static boolean isOfTheServer(HandlerMethod method) {
    String room = method.getBeanType().getPackageName();
    return room.equals("dev.fermata.web") || room.contains(".actuate.");
  }

  private static Stream<Route> routes(RequestMappingInfo info) {
    return info.getPatternValues().stream()
        .map(DescribedTest::described)
        .flatMap(
            pattern ->
                info.getMethodsCondition().getMethods().stream()
                    .map(method -> new Route(method.name(), pattern)));
  }

  /** OpenAPI has one word for what Spring writes in several ways. */
  private static String described(String pattern) {
    return pattern
        .replaceFirst("(?<=.)/$", "")
        .replace("{*path}", "{path}")
        .replace("/health/**", "/health/{component}")
        .replace("{requiredMetricName}", "{name}");
  }

  @Test
  void documentIsForEverybody() {
    Reply yaml = stranger().get("/openapi.yaml");
    Reply json = stranger().get("/openapi.json");

    assertThat(yaml.status()).isEqualTo(200);
    assertThat(yaml.header("Content-Type")).startsWith("application/yaml");
    assertThat(json.json())
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    JsonMapper.shared().writeValueAsString(new Yaml().<Object>load(yaml.text()))));
    assertThat(stranger().get("/openapi.yaml", "If-None-Match", yaml.header("ETag")).status())
        .isEqualTo(304);
  }

  @Test
  void everyProblemOfTheDocumentHasItsPage() {
    for (String address : Document.served().problems()) {
      Reply page = stranger().get(address, "Accept", "text/html");

      assertThat(page.status()).as(address).isEqualTo(200);
      assertThat(page.text()).contains("<h1>");
    }
  }

  @Test
  void swaggerUiNeedsNoKeyAndNobodyElse() {
    Reply page = stranger().get("/docs");
    List<String> parts =
        List.of("/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/static/docs.js");

    assertThat(page.text()).contains(parts).doesNotContain("http:", "https:");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'")
        .doesNotContain("unsafe");
    for (String part : parts) {
      assertThat(stranger().get(part).status()).as(part).isEqualTo(200);
    }
    assertThat(stranger().get("/docs/index.html").status()).isEqualTo(404);
  }
}
