package dev.fermata.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.openapi.Conformance;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A client of one run of the server, to whom no answer is an answer. Safe for many threads. */
final class Client implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  Client(int port) {
    this.port = port;
  }

  Reply get(String path, String... headers) throws IOException {
    return whole("GET", path, BodyPublishers.noBody(), headers);
  }

  Reply post(String path, String body, String... headers) throws IOException {
    return whole("POST", path, BodyPublishers.ofString(body), headers);
  }

  Reply delete(String path, String... headers) throws IOException {
    return whole("DELETE", path, BodyPublishers.noBody(), headers);
  }

  private Reply whole(String method, String path, BodyPublisher body, String... headers)
      throws IOException {
    HttpResponse<String> answer = send(method, path, body, BodyHandlers.ofString(UTF_8), headers);
    Conformance.check(
        method, path, answer.statusCode(), answer.headers().map(), answer.body().getBytes(UTF_8));
    return new Reply(answer.statusCode(), answer.headers(), answer.body());
  }

  /** A body that comes bit by bit. */
  HttpResponse<InputStream> stream(String path, String... headers) throws IOException {
    return send("GET", path, BodyPublishers.noBody(), BodyHandlers.ofInputStream(), headers);
  }

  private <T> HttpResponse<T> send(
      String method, String path, BodyPublisher body, BodyHandler<T> handler, String... headers)
      throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, body)
            .timeout(PATIENCE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), handler);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts clients", e);
    }
  }

  /** Whether the server answers requests. */
  boolean answered() {
    try {
      return get("/actuator/health/liveness").status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** All entries of a list of jobs, page after page. */
  List<JsonNode> jobs(String path) throws IOException {
    var entries = new ArrayList<JsonNode>();
    JsonNode page = get(path).json();
    page.at("/jobs").forEach(entries::add);
    while (page.at("/next").isString()) {
      page = get(path + "&after=" + page.at("/next").asString()).json();
      page.at("/jobs").forEach(entries::add);
    }
    return entries;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
