package dev.fermata.biology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.Fermata;
import dev.fermata.openapi.Conformance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running server, as a deployer configures it and a client sees it. */
final class Server implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ConfigurableApplicationContext context;
  private final Path data;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  private Server(ConfigurableApplicationContext context, Path data) {
    this.context = context;
    this.data = data;
    this.address =
        URI.create(
            "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + "/");
  }

  /** Starts a server that knows these kinds beside those that it comes with. */
  static Server start(Path directory, Map<String, ?> kinds) throws IOException {
    Path settings = directory.resolve("application.yml");
    Files.writeString(settings, new Yaml().dump(Map.of("fermata", Map.of("kinds", kinds))));
    Path data = directory.resolve("data");
    return new Server(
        new SpringApplicationBuilder(Fermata.class)
            .run(
                "--server.port=0",
                "--fermata.data-dir=" + data,
                "--spring.config.additional-location=" + settings.toUri()),
        data);
  }

  Path data() {
    return data;
  }

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address.resolve(path)).build());
  }

  /** Posts a raw body, as {@code curl --data-binary} does. */
  HttpResponse<byte[]> post(String kind, byte[] body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(address.resolve("/jobs?kind=" + kind))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    Conformance.check(
        request.method(),
        request.uri().getRawPath(),
        response.statusCode(),
        response.headers().map(),
        response.body());
    return response;
  }

  /** Posts a query that must be accepted; answers the job's id. */
  String accepted(String kind, byte[] body) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = post(kind, body);
    assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(202);
    return json(response).at("/id").asString();
  }

  /** The document of a job that has ended. */
  JsonNode ended(String id) throws IOException, InterruptedException {
    long start = System.nanoTime();
    JsonNode job = json(get("/jobs/" + id));
    while (!job.at("/finished").asBoolean()) {
      assertThat(System.nanoTime() - start).as(id).isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      job = json(get("/jobs/" + id));
    }
    return job;
  }

  JsonNode ended(String kind, byte[] body) throws IOException, InterruptedException {
    return ended(accepted(kind, body));
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  @Override
  public void close() {
    context.close();
    client.close();
  }
}
