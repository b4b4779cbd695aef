package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** A test against one real server, which all such tests share; each leaves it idle. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.config.additional-location=classpath:acceptance.yml",
      "logging.level.root=warn"
    })
@Import(Script.class)
class ServerTest {

  @Autowired Script script;

  @Value("${fermata.data-dir}")
  private String data;

  private Client client;

  /** Each server has one of its own: classes with beans of theirs have a server of theirs. */
  @DynamicPropertySource
  static void dataDirectory(DynamicPropertyRegistry properties) {
    String data = "target/acceptance/" + UUID.randomUUID();
    properties.add("fermata.data-dir", () -> data);
  }

  /** One that fails each turn in its own way. */
  @DynamicPropertySource
  static void modelInTrouble(DynamicPropertyRegistry properties) {
    properties.add("fermata.chat.models.trouble.base-url", ModelEndpoint.open()::url);
    properties.add("fermata.chat.models.trouble.name", () -> "trouble");
    properties.add("fermata.chat.models.trouble.idle-timeout", () -> "2s");
    properties.add("fermata.kinds.trouble.handler", () -> "chat");
    properties.add("fermata.kinds.trouble.model", () -> "trouble");
  }

  @BeforeEach
  final void connect(@LocalServerPort int port) {
    client = new Client(port);
  }

  @AfterEach
  final void leaveItIdle() {
    client.post("/jobs/cancel?status=queued&status=running");
    Eventually.holds(() -> client.get("/backlog").json().at("/length").asInt() == 0);
    script.clear();
  }

  final Client client() {
    return client;
  }

  final Path experiments() {
    return Path.of(data, "jobs");
  }

  /**
   * What a refused request must not change: the newest job, and the files of the data directory.
   */
  record Traces(String newestJob, Set<String> files) {}

  final Traces traces() {
    Reply newest = client.get("/jobs?limit=1");
    try (Stream<Path> files = Files.walk(Path.of(data))) {
      return new Traces(
          newest.at("/jobs/0/id"),
          new TreeSet<>(files.map(Path::toString).filter(it -> !it.contains(".db")).toList()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A problem document in full (RFC 9457), of a type that the server explains. */
  final Reply assertProblem(Reply reply, int status, String slug, String... pointers) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.text()).endsWith("}\n");
    assertThat(reply.keys()).startsWith("type", "title", "status", "detail", "instance");
    assertThat(reply.at("/type")).isEqualTo("/problems/" + slug);
    assertThat(reply.json().at("/status").asInt()).isEqualTo(status);
    assertThat(reply.at("/detail")).isNotBlank();
    assertThat(reply.json().at("/errors").valueStream().map(it -> it.at("/pointer").asString()))
        .containsExactly(pointers);
    Reply page = client.get(reply.at("/type"));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.text()).contains(reply.at("/title"));
    return reply;
  }

  static String text(JsonNode node, String pointer) {
    return node.at(pointer).asString();
  }
}
