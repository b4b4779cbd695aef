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

  private final CompletableFuture<HttpResponse<@Nullable Void>> answer;
  private final BlockingQueue<News> news;

  private Call(CompletableFuture<HttpResponse<@Nullable Void>> answer, BlockingQueue<News> news) {
    this.answer = answer;
    this.news = news;
  }

  static Call to(HttpClient http, HttpRequest request) {
    var news = new LinkedBlockingQueue<News>();
    CompletableFuture<HttpResponse<@Nullable Void>> answer =
        http.sendAsync(request, head -> begin(head, news));
    var _ =
        answer.exceptionally(
            failure -> {
              news.add(new News.Broken(failure));
              return null;
            });
    return new Call(answer, news);
  }

  /** Waits for the next; null when nothing came in time. */
  @Nullable News next(Duration within) throws InterruptedException {
    return news.poll(within.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    answer.cancel(true);
  }

  private static BodySubscriber<@Nullable Void> begin(ResponseInfo head, BlockingQueue<News> news) {
    String mediaType = head.headers().firstValue("Content-Type").orElse("nothing");
    news.add(new News.Head(head.statusCode(), mediaType));
    return BodySubscribers.fromLineSubscriber(new Lines(news), lines -> null, UTF_8, null);
  }

  /** Lines come from threads of the client, one after another. */
  private record Lines(BlockingQueue<News> news) implements Flow.Subscriber<String> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
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
