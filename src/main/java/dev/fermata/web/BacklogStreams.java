package dev.fermata.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fermata.feed.Feed;
import dev.fermata.job.Owner;
import dev.fermata.journal.JournalUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows clients the head of the backlog as it changes. However many of one owner watch, the server
 * looks once a second; while nobody does, never.
 */
@Component
final class BacklogStreams {

  /** The jobs shown: what fits on a screen. */
  private static final Paging HEAD = new Paging(25, null);

  private static final Duration PACE = Duration.ofSeconds(1);

  private final BacklogDocuments documents;
  private final Feed feed;
  private final JsonMapper json;
  private final Duration heartbeat;
  private final Cache<Owner, String> looks =
      Caffeine.newBuilder().expireAfterWrite(PACE).maximumSize(10_000).build();

  BacklogStreams(BacklogDocuments documents, Feed feed, JsonMapper json, WebSettings settings) {
    this.documents = documents;
    this.feed = feed;
    this.json = json;
    this.heartbeat = settings.heartbeat();
  }

  /** Streams until one of the two sides gives up; there is no end, so it is always cut. */
  void send(HttpServletRequest request, HttpServletResponse response) {
    EventStreams.requireOpen(feed);
    Peer peer = Peer.of(request);
    try {
      EventWriter.head(EventFormat.SSE, response);
      if (!request.getMethod().equals("HEAD")) {
        follow(Owners.of(request), peer, response);
        peer.cut();
      }
    } catch (IOException | JournalUnavailable e) {
      peer.cut(); // so that it comes back
    } catch (InterruptedException e) {
      peer.cut();
      Thread.currentThread().interrupt();
    }
  }

  private void follow(Owner owner, Peer peer, HttpServletResponse response)
      throws IOException, InterruptedException {
    String shown = "";
    long heard = System.nanoTime();
    do {
      String seen = looks.get(owner, this::look);
      boolean quiet = System.nanoTime() - heard >= heartbeat.toNanos();
      if (!seen.equals(shown) || quiet) {
        write(seen.equals(shown) ? EventFormat.SSE.heartbeat() : seen, response);
        shown = seen;
        heard = System.nanoTime();
      }
    } while (stays(peer));
  }

  private String look(Owner owner) {
    String document = EventFormat.line(documents.page(owner, null, HEAD), json);
    return "event: backlog\ndata: " + document + "\n\n";
  }

  private static void write(String text, HttpServletResponse response) throws IOException {
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }

  /** Waits for the next look; false when there is none, because the client or the server goes. */
  private boolean stays(Peer peer) throws InterruptedException {
    long next = System.nanoTime() + PACE.toNanos();
    while (System.nanoTime() < next) {
      TimeUnit.MILLISECONDS.sleep(Peer.PATIENCE.toMillis());
      if (feed.isClosed() || peer.hasGone()) {
        return false;
      }
    }
    return true;
  }
}
