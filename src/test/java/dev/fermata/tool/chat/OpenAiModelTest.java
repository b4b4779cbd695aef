package dev.fermata.tool.chat;

import static dev.fermata.tool.chat.Upstream.OK;
import static dev.fermata.tool.chat.Upstream.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fermata.job.Reason;
import dev.fermata.kind.JobFailed;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OpenAiModelTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String KEY = "sk-secret";
  private static final String LAST =
      "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String DONE = "data: [DONE]\n\n";

  private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();

  private final Queue<Models> opened = new ConcurrentLinkedQueue<>();

  /** Not before the end of a test: to close a model would close its connections too. */
  @AfterEach
  void close() {
    opened.forEach(Models::close);
  }

  @Test
  void theReplyComesPieceByPiece() throws Exception {
    String role = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}\n\n";
    String usage = "data: {\"choices\":[],\"usage\":{\"total_tokens\":3}}\n\n";
    String body = ": hello\n\n" + role + event("Hé") + event("\\n ☃") + LAST + usage + DONE;
    try (var upstream = Upstream.sending(OK + body)) {
      reply(
          upstream.url(),
          LONG,
          new ChatMessage("user", "a"),
          new ChatMessage("tool", ""),
          new ChatMessage("user", "b"));
      assertThat(pieces).containsExactly("Hé", "\n ☃");
      assertThat(upstream.request.join())
          .startsWith("POST /v1/chat/completions HTTP/1.1\r\n")
          .contains("Authorization: Bearer " + KEY + "\r\n")
          .contains("\"model\":\"m\"", "\"stream\":true")
          .contains(
              "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"tool\",\"content\":\"\"},"
                  + "{\"role\":\"user\",\"content\":\"b\"}]");
    }
  }

  @Test
  void theLastWordOfTheModelOrOfTheStreamIsAnEnd() throws Exception {
    for (String end : List.of(LAST, DONE, DONE.strip())) {
      pieces.clear();
      try (var upstream = Upstream.sending(OK + event("x") + end)) {
        reply(upstream.url(), LONG, new ChatMessage("user", "a"));
        assertThat(pieces).containsExactly("x");
      }
    }
  }

  @Test
  void anEndpointThatIsNotThereIsNamed() throws Exception {
    String url;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = "http://localhost:" + free.getLocalPort() + "/v1";
    }
    assertThat(failure(url, LONG)).hasMessageContainingAll(url, "could not be reached");
    assertThat(failure("http://no-such-host.invalid/v1", LONG))
        .hasMessageContaining("there is no such host");
  }

  @Test
  void aRefusalIsQuotedWithoutTheKey() throws Exception {
    try (var upstream =
        Upstream.sending(
            "HTTP/1.1 401 No\r\nContent-Length: 24\r\n\r\n{\"wrong\": \"%s 123\"}"
                .formatted(KEY))) {
      assertThat(failure(upstream.url(), LONG))
          .hasMessageContainingAll(upstream.url(), "401: {\"wrong\": \"***", "models.it.api-key")
          .message()
          .doesNotContain(KEY);
    }
    try (var upstream = Upstream.sending("HTTP/1.1 503 Busy\r\n\r\n" + "x".repeat(100_000))) {
      assertThat(failure(upstream.url(), LONG))
          .hasMessageContainingAll("503: xxx", "xxx...", "Submit it again");
    }
    try (var upstream = Upstream.sending("HTTP/1.1 302 There\r\nLocation: /\r\n\r\n")) {
      assertThat(failure(upstream.url(), LONG)).hasMessageContaining("answered 302");
    }
  }

  @Test
  void anErrorInTheStreamIsQuoted() throws Exception {
    String error = "data: {\"error\":{\"message\":\"out of memory\",\"code\":500}}\n\n";
    assertBroken(OK + event("x") + error, "gave up: out of memory");
  }

  @Test
  void aStreamThatEndsEarlyIsAFailure() throws Exception {
    assertBroken(OK + event("x"), "closed the stream before the end of the reply");
    String half = "data: {\"choices\":[{\"del";
    assertBroken(OK + event("x") + half, "not JSON, or only a part: {\"choices\":[{\"del");
    String chunked =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    String chunk = event("x");
    assertBroken(
        chunked + Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\nff\r\ndata",
        "broke the connection off");
  }

  @Test
  void whatIsNoStreamIsAFailure() throws Exception {
    try (var upstream =
        Upstream.sending("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>Welcome</h1>\n")) {
      assertThat(failure(upstream.url(), LONG))
          .hasMessageContainingAll("of text/html", "Is base-url right?");
    }
    try (var upstream = Upstream.sending("220 mail.example.org ESMTP\r\n")) {
      assertThat(failure(upstream.url(), LONG)).hasMessageContaining("broke the connection off");
    }
    try (var upstream = Upstream.sending("")) {
      assertThat(failure(upstream.url(), LONG)).hasMessageContaining("broke the connection off");
    }
  }

  @Test
  void aStallIsAFailureAndClosesTheConnection() throws Exception {
    for (String before : List.of("", OK, OK + event("x"), "HTTP/1.1 500 Oh\r\n\r\nwell\n")) {
      try (var upstream = Upstream.holding(before)) {
        JobFailed failed = failure(upstream.url(), Duration.ofMillis(300));
        assertThat(failed).message().containsAnyOf("sent nothing for 0.3s", "answered 500: well");
        assertClosed(upstream);
      }
    }
  }

  @Test
  void aStopClosesTheConnectionWhereverTheCallIs() throws Exception {
    for (String before : List.of("", OK, OK + event("x"))) {
      try (var upstream = Upstream.holding(before)) {
        var stopped = new CompletableFuture<Throwable>();
        Thread worker =
            Thread.ofPlatform()
                .start(
                    () ->
                        stopped.complete(
                            catchThrowableOfType(
                                Throwable.class,
                                () -> reply(upstream.url(), LONG, new ChatMessage("user", "a")))));
        upstream.request.get(30, TimeUnit.SECONDS);
        if (before.endsWith("\n\n")) {
          assertThat(pieces.poll(30, TimeUnit.SECONDS)).isEqualTo("x");
        }
        worker.interrupt();
        assertThat(stopped.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertClosed(upstream);
      }
    }
  }

  @Test
  void closingTheModelEndsItsCalls() throws Exception {
    try (var upstream = Upstream.holding(OK + event("x"))) {
      Model model = model(upstream.url(), LONG);
      var failed = new CompletableFuture<Throwable>();
      Thread.ofPlatform()
          .start(
              () ->
                  failed.complete(
                      catchThrowableOfType(
                          JobFailed.class,
                          () -> model.reply(List.of(new ChatMessage("user", "a")), pieces::add))));
      assertThat(pieces.poll(30, TimeUnit.SECONDS)).isEqualTo("x");
      model.close();
      assertThat(failed.get(30, TimeUnit.SECONDS)).hasMessageContaining("broke the connection off");
      assertClosed(upstream);
    }
  }

  private void assertBroken(String answer, String message) throws Exception {
    pieces.clear();
    try (var upstream = Upstream.sending(answer)) {
      assertThat(failure(upstream.url(), LONG)).hasMessageContainingAll(upstream.url(), message);
      assertThat(pieces).as("what came before").containsExactly("x");
    }
  }

  private static void assertClosed(Upstream upstream) {
    assertThat(upstream.answered)
        .as("the caller went away")
        .satisfiesAnyOf(
            seen -> assertThat(seen).succeedsWithin(LONG),
            seen ->
                assertThat(seen)
                    .failsWithin(LONG)
                    .withThrowableThat()
                    .withMessageContaining("reset"));
  }

  private JobFailed failure(String url, Duration idle) {
    JobFailed failed =
        catchThrowableOfType(JobFailed.class, () -> reply(url, idle, new ChatMessage("user", "a")));
    assertThat(failed.reason()).isEqualTo(Reason.HANDLER_ERROR);
    return failed;
  }

  private void reply(String url, Duration idle, ChatMessage... turns) throws Exception {
    model(url, idle).reply(List.of(turns), pieces::add);
  }

  private Model model(String url, Duration idle) {
    var settings = new ModelSettings(null, url + "/", "m", KEY, Duration.ofSeconds(10), idle);
    var models = new Models(Map.of("it", settings));
    opened.add(models);
    return models.named("it");
  }
}
