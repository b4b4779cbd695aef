package dev.fermata.tool.chat;

import dev.fermata.kind.JobFailed;
import dev.fermata.tool.chat.Call.News;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Takes one streamed reply to its end, and knows when it did not come to one. */
record Reply(Endpoint endpoint, Call call, Consumer<String> pieces) {

  private static final String DATA = "data:";
  private static final String DONE = "[DONE]";

  private static final String TRY_AGAIN = "Submit it again; if it stays so, look at that server.";
  private static final String START_IT = "Is it running, and is base-url right?";
  private static final String LOOK_AT_URL = "Is base-url right? Most end in /v1.";

  void take() throws InterruptedException, JobFailed {
    if (!(next() instanceof News.Head head)) {
      throw endpoint.failure("did not answer", TRY_AGAIN);
    }
    if (head.status() != 200) {
      throw refusal(head.status());
    }
    boolean last = false;
    while (next() instanceof News.Line(String line)) {
      if (line.startsWith(DATA)) {
        String data = line.substring(DATA.length()).strip();
        if (data.equals(DONE)) {
          return;
        }
        last |= event(data);
      }
    }
    if (!last) {
      throw endpoint.failure(
          "closed the stream before the end of the reply, which was of " + head.mediaType(),
          head.mediaType().startsWith("text/event-stream") ? TRY_AGAIN : LOOK_AT_URL);
    }
  }

  /** Hands on what an event brings; says whether it is the last one. */
  private boolean event(String data) throws JobFailed {
    Delta delta;
    try {
      delta = Delta.read(data);
    } catch (JacksonException e) {
      throw endpoint.failure(
          "sent an event that is not JSON, or only a part: " + Endpoint.quoted(data), TRY_AGAIN);
    }
    if (delta.error() != null) {
      throw endpoint.failure("gave up: " + Endpoint.quoted(delta.error()), TRY_AGAIN);
    }
    if (!delta.text().isEmpty()) {
      pieces.accept(delta.text());
    }
    return delta.last();
  }

  /** Any line counts as a sign of life, also one without text. */
  private News next() throws InterruptedException, JobFailed {
    @Nullable News news = call.next(endpoint.idleTimeout());
    if (news == null) {
      throw endpoint.failure(
          "sent nothing for " + text(endpoint.idleTimeout()),
          "Is it overloaded? %s.idle-timeout says how long to wait.".formatted(endpoint.setting()));
    }
    if (news instanceof News.Broken(Throwable cause)) {
      throw broken(cause);
    }
    return news;
  }

  private JobFailed broken(Throwable failure) {
    @Nullable Throwable inner = failure.getCause();
    Throwable cause = failure instanceof CompletionException && inner != null ? inner : failure;
    if (cause instanceof HttpConnectTimeoutException) {
      return endpoint.failure(
          "could not be reached within " + text(endpoint.connectTimeout()), START_IT);
    }
    if (cause instanceof ConnectException) {
      boolean unknown = cause.getCause() instanceof UnresolvedAddressException;
      return endpoint.failure(
          unknown ? "could not be reached: there is no such host" : "could not be reached",
          START_IT);
    }
    return endpoint.failure(
        "broke the connection off before the end of the reply (%s)".formatted(cause.getMessage()),
        TRY_AGAIN);
  }

  /** With the beginning of what it says about it, as far as that comes. */
  private JobFailed refusal(int status) throws InterruptedException {
    var body = new StringBuilder();
    while (body.length() <= Endpoint.QUOTED
        && call.next(endpoint.idleTimeout()) instanceof News.Line(String line)) {
      body.append(line).append('\n');
    }
    String hint =
        switch (status) {
          case 401, 403 -> "Is %s.api-key right?".formatted(endpoint.setting());
          case 404 -> "Are %s.base-url and its name right?".formatted(endpoint.setting());
          default -> TRY_AGAIN;
        };
    return endpoint.failure(
        "answered %d: %s".formatted(status, Endpoint.quoted(body.toString())), hint);
  }

  private static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
