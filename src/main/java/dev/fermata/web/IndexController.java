package dev.fermata.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The way in: names every address that there is, and shows people the dashboard. */
@RestController
class IndexController {

  /** The addresses, by what is there. */
  record Index(String name, Map<String, String> links) implements Spoken, Page {

    @Override
    public String line() {
      return name + ": " + String.join(" ", links.values());
    }

    @Override
    public String title() {
      return name;
    }

    @Override
    public String content() {
      return DASHBOARD;
    }

    @Override
    public String html() {
      return content();
    }
  }

  private static final String DASHBOARD = dashboard();
  private static final Index INDEX = new Index("Fermata", links());

  private static String dashboard() {
    try {
      return new ClassPathResource("/static/dashboard.html").getContentAsString(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the server's own page can't be read", e);
    }
  }

  private static Map<String, String> links() {
    var links = new LinkedHashMap<String, String>();
    links.put("backlog", "/backlog");
    links.put("jobs", "/jobs");
    links.put("history", "/jobs/history");
    links.put("job", "/jobs/{id}");
    links.put("timeline", "/jobs/{id}/timeline");
    links.put("events", "/jobs/{id}/events");
    links.put("result", "/jobs/{id}/result");
    links.put("files", "/jobs/{id}/files");
    links.put("zip", "/jobs/{id}/files.zip");
    links.put("cancel", "/jobs/{id}/cancel");
    links.put("rerun", "/jobs/{id}/rerun");
    links.put("sessions", "/sessions");
    links.put("session", "/sessions/{id}");
    links.put("messages", "/sessions/{id}/messages");
    links.put("kinds", "/kinds");
    links.put("problems", "/problems");
    links.put("description", "/openapi.yaml");
    links.put("docs", "/docs");
    links.put("health", "/actuator/health");
    links.put("metrics", "/actuator/prometheus");
    return links;
  }

  /** JSON first, so that a client without preference gets it; browsers name HTML. */
  @GetMapping(
      path = "/",
      produces = {
        MediaType.APPLICATION_JSON_VALUE,
        MediaType.TEXT_PLAIN_VALUE,
        MediaType.TEXT_HTML_VALUE
      })
  Index index() {
    return INDEX;
  }
}
