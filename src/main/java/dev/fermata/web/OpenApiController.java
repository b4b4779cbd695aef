package dev.fermata.web;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** Describes this interface, for programs (OpenAPI 3.1) and for people. */
@RestController
class OpenApiController {

  /** Swagger UI draws its icons from data: URLs, and asks this server alone. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final JsonMapper mapper;
  private final String yaml;
  private final String page;

  @GuardedBy("this")
  private @Nullable String json;

  OpenApiController(JsonMapper mapper) throws IOException {
    this.mapper = mapper;
    this.yaml = read("openapi.yaml");
    this.page = read("docs.html");
  }

  private static String read(String name) throws IOException {
    return new ClassPathResource("openapi/" + name).getContentAsString(StandardCharsets.UTF_8);
  }

  @GetMapping(path = "/openapi.yaml", produces = MediaType.APPLICATION_YAML_VALUE)
  ResponseEntity<byte[]> yaml() {
    return answer(yaml, yaml.getBytes(StandardCharsets.UTF_8));
  }

  @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<RawValue> json() {
    return answer(asJson(), new RawValue(asJson()));
  }

  @GetMapping(path = "/docs", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<byte[]> docs() {
    return ResponseEntity.ok()
        .header("Content-Security-Policy", POLICY)
        .body(page.getBytes(StandardCharsets.UTF_8));
  }

  /** Made when it is first wanted: hardly anybody wants both, and each start would pay for it. */
  private synchronized String asJson() {
    if (json == null) {
      Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
      json = mapper.writeValueAsString(document);
    }
    return json;
  }

  private static <T> ResponseEntity<T> answer(String document, T body) {
    String tag = DigestUtils.md5DigestAsHex(document.getBytes(StandardCharsets.UTF_8));
    return ResponseEntity.ok().eTag(tag).body(body);
  }
}
