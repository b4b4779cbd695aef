package dev.fermata.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * The page as a browser loads it that has nothing of it yet: what it names, then what that names,
 * until nothing is missing; and then what it shows.
 */
final class FirstPage {

  /**
   * One load.
   *
   * @param millis until all that it shows first is there
   * @param parts the page itself among them
   * @param bytes those of all parts
   */
  record Loaded(double millis, int parts, long bytes) {}

  private static final Pattern NAMED =
      Pattern.compile("(?:href|src)=\"/static/([^\"]+)\"|from '\\./([^']+)'");

  private final HttpClient http;
  private final int port;
  private final Set<String> known = new TreeSet<>();
  private long bytes;

  private FirstPage(HttpClient http, int port) {
    this.http = http;
    this.port = port;
  }

  static Loaded load(int port) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var page = new FirstPage(http, port);
      page.fetch(Set.of("/"));
      page.show();
      double millis = (System.nanoTime() - begin) / 1e6;
      http.shutdownNow();
      return new Loaded(millis, page.known.size(), page.bytes);
    }
  }

  private void fetch(Set<String> addresses) {
    known.addAll(addresses);
    List<CompletableFuture<HttpResponse<String>>> all =
        addresses.stream()
            .map(each -> http.sendAsync(request(each, "text/html, */*"), BodyHandlers.ofString()))
            .toList();
    var named = new TreeSet<String>();
    for (CompletableFuture<HttpResponse<String>> each : all) {
      String text = good(each.join()).body();
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
      NAMED
          .matcher(text)
          .results()
          .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
          .forEach(name -> named.add("/static/" + name));
    }
    named.removeAll(known);
    if (!named.isEmpty()) {
      fetch(named);
    }
  }

  /** The first event of the backlog's stream, the same as a document, and what has ended. */
  private void show() throws IOException, InterruptedException {
    var ended =
        http.sendAsync(request("/jobs?limit=10&status=succeeded", "*/*"), BodyHandlers.ofString());
    var document = http.sendAsync(request("/backlog", "*/*"), BodyHandlers.ofString());
    HttpResponse<InputStream> stream =
        http.send(request("/backlog", "text/event-stream"), BodyHandlers.ofInputStream());
    try (InputStream events = good(stream).body()) {
      for (int before = 0, c = events.read(); before != '\n' || c != '\n'; c = events.read()) {
        if (c < 0) {
          throw new IOException("the stream ended");
        }
        before = c;
      }
    }
    good(document.join());
    good(ended.join());
  }

  private HttpRequest request(String address, String accept) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + address))
        .header("Accept", accept)
        .build();
  }

  private static <T> HttpResponse<T> good(HttpResponse<T> answer) {
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer + " " + answer.body());
    }
    return answer;
  }
}
