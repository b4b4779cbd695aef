package dev.fermata.tool.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call to an endpoint, whose answer one thread takes as it comes. Closing it closes its
 * connection at once, however far the call has come.
 */
final class Call implements AutoCloseable {

  /** What comes back. */
  sealed interface News {

    /** The answer begins; comes first. */
    record Head(int status, String mediaType) implements News {}

    /** A line of the body. */
    record Line(String text) implements News {}

    /** The body is over. */
    record End() implements News {}

    /** Nothing more will come. */
    record Broken(Throwable cause) implements News {}
  }

  /** How many lines may wait to be taken; the endpoint waits with the next. */
  private static final int LINES_AHEAD = 64;

  private final CompletableFuture<HttpResponse<@Nullable Void>> answer;
  private final Lines lines;

  private Call(CompletableFuture<HttpResponse<@Nullable Void>> answer, Lines lines) {
    this.answer = answer;
    this.lines = lines;
  }

  static Call to(HttpClient http, HttpRequest request) {
    var lines = new Lines();
    CompletableFuture<HttpResponse<@Nullable Void>> answer =
        http.sendAsync(request, head -> begin(head, lines));
    var _ =
        answer.exceptionally(
            failure -> {
              lines.onError(failure);
              return null;
            });
    return new Call(answer, lines);
  }

  /** Waits for the next; null when nothing came in time. */
  @Nullable News next(Duration within) throws InterruptedException {
    return lines.next(within);
  }

  @Override
  public void close() {
    answer.cancel(true);
  }

  private static BodySubscriber<@Nullable Void> begin(ResponseInfo head, Lines lines) {
    String mediaType = head.headers().firstValue("Content-Type").orElse("nothing");
    lines.news.add(new News.Head(head.statusCode(), mediaType));
    return BodySubscribers.fromLineSubscriber(lines, done -> null, UTF_8, null);
  }

  /** Lines come from threads of the client, one after another, and never too many at once. */
  private static final class Lines implements Flow.Subscriber<String> {

    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> source = new CompletableFuture<>();

    @Nullable News next(Duration within) throws InterruptedException {
      @Nullable News next = news.poll(within.toNanos(), TimeUnit.NANOSECONDS);
      if (next instanceof News.Line) {
        source.join().request(1);
      }
      return next;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      source.complete(subscription);
      subscription.request(LINES_AHEAD);
    }

    @Override
    public void onNext(String line) {
      news.add(new News.Line(line));
    }

    @Override
    public void onError(Throwable failure) {
      news.add(new News.Broken(failure));
    }

    @Override
    public void onComplete() {
      news.add(new News.End());
    }
  }
}
