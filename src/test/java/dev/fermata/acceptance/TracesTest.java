package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A server that knows where to send traces sends those of its jobs there. */
class TracesTest extends ServerTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  /** What came, as it is on the wire: names and numbers stand in it byte for byte. */
  private static final List<String> RECEIVED = new CopyOnWriteArrayList<>();

  @DynamicPropertySource
  static void collector(DynamicPropertyRegistry properties) {
    String url = "http://127.0.0.1:" + collect() + "/v1/traces";
    properties.add("management.opentelemetry.tracing.export.otlp.endpoint", () -> url);
    properties.add("management.opentelemetry.tracing.export.schedule-delay", () -> "50ms");
  }

  private static int collect() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v1/traces",
          exchange -> {
            RECEIVED.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
      return server.getAddress().getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aJobGoesOnWithTheTraceOfItsClientAndMetricsNameIt() {
    String sent = "00-" + TRACE + "-b7ad6b7169203331-01";
    byte[] body = "echo $FERMATA_TRACEPARENT".getBytes(UTF_8);
    String id = client().send("POST", "/jobs?kind=bounded", body, "traceparent", sent).id();
    client().ended(id);

    String told = client().get("/jobs/" + id + "/files/stdout").text();
    assertThat(told).startsWith("00-" + TRACE).doesNotContain("b7ad6b7169203331");
    for (String name : List.of("http post /jobs", "job bounded", "queue wait", "open", "handle")) {
      Eventually.holds(() -> received().contains(name));
    }
    assertThat(received()).contains(bytes(TRACE), bytes(told.substring(36, 52)), id);
    assertThat(received()).doesNotContain("http get /jobs/{id}");
    assertThat(
            client().get("/actuator/prometheus", "Accept", "application/openmetrics-text").text())
        .containsPattern("fermata_jobs_\\w+\\{[^}]*kind=\"bounded\".*# \\{.*trace_id=\"" + TRACE);
  }

  private static String received() {
    return String.join("\n", RECEIVED);
  }

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
  }
}
