package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.openapi.Conformance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a client of the server does, in few words; it believes no answer that is not in the server's
 * document. Safe for use by many threads.
 */
final class Client {

  static final String FORM = "application/x-www-form-urlencoded";
  static final String JSON = "application/json";

  private final HttpClient http;
  private final int port;
  private final String[] always;

  private Client(HttpClient http, int port, String... always) {
    this.http = http;
    this.port = port;
    this.always = always;
  }

  Client(int port) {
    this(builder().build(), port);
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
  }

  /** The same with a key. */
  Client as(String key) {
    return new Client(http, port, "Authorization", "Bearer " + key);
  }

  /** The same from another address of this machine, and without a key. */
  Client from(String address) {
    return new Client(builder().localAddress(InetAddress.ofLiteral(address)).build(), port);
  }

  int port() {
    return port;
  }

  /**
   * Sends a request.
   *
   * @param headers names and values in turn
   */
  Reply send(String method, String path, byte[] body, String... headers) {
    BodyPublisher publisher =
        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, publisher);
    if (always.length > 0) {
      request.headers(always);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      Conformance.check(
          method, path, response.statusCode(), response.headers().map(), response.body());
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " got no answer", e);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts tests", e);
    }
  }

  Reply get(String path, String... headers) {
    return send("GET", path, new byte[0], headers);
  }

  Reply post(String path, String... headers) {
    return send("POST", path, new byte[0], headers);
  }

  Reply delete(String path, String... headers) {
    return send("DELETE", path, new byte[0], headers);
  }

  Reply postBody(String path, String type, String body) {
    return send("POST", path, body.getBytes(UTF_8), "Content-Type", type);
  }

  Reply putJson(String path, String body) {
    return send("PUT", path, body.getBytes(UTF_8), "Content-Type", JSON);
  }

  Reply postJson(String path, String body) {
    return postBody(path, JSON, body);
  }

  /** As {@code curl -d} sends it. */
  Reply postForm(String path, String body) {
    return postBody(path, FORM, body);
  }

  /** Submits a raw body, and returns the id of the job. */
  String submit(String kind, String body) {
    Reply reply = postBody("/jobs?kind=" + kind, "text/plain", body);
    if (reply.status() != 202) {
      throw new AssertionError("not accepted: " + reply);
    }
    return reply.id();
  }

  Reply job(String id) {
    return get("/jobs/" + id);
  }

  String status(String id) {
    return job(id).at("/status");
  }

  /** Waits for the end of a job, and returns its document. */
  Reply ended(String id) {
    Eventually.holds(() -> job(id).json().at("/finished").asBoolean());
    return job(id);
  }

  void awaitStatus(String id, String status) {
    Eventually.holds(() -> status(id).equals(status));
  }

  /** All entries of a list, page after page. */
  List<JsonNode> all(String path) {
    var entries = new ArrayList<JsonNode>();
    String more = path.contains("?") ? "&" : "?";
    Reply page = get(path);
    page.json().at("/jobs").forEach(entries::add);
    while (!page.json().at("/next").isNull()) {
      page = get(path + more + "after=" + page.at("/next"));
      page.json().at("/jobs").forEach(entries::add);
    }
    return entries;
  }
}
