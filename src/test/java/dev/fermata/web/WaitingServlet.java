package dev.fermata.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads the body of a request, and asks again and again whether its client has gone: until it has,
 * or {@code ?probes=} times. Then it gives the body back.
 */
@SuppressWarnings("serial") // nobody serializes it
final class WaitingServlet extends HttpServlet {

  private static final long PATIENCE_SECONDS = 60;

  /** For each request {@code gone}, or {@code stayed}. */
  final transient BlockingQueue<String> trail = new LinkedBlockingQueue<>();

  /** A permit for each request that has begun to ask. */
  final transient Semaphore asking = new Semaphore(0);

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readAllBytes();
    Peer peer = Peer.of(request);
    String probes = request.getParameter("probes");
    boolean gone = probes == null ? goes(peer) : goesWithin(Integer.parseInt(probes), peer);
    trail.add(gone ? "gone" : "stayed");
    if (gone) {
      peer.cut();
    }
    byte[] answer = body.length == 0 ? new byte[] {'-'} : body;
    response.setContentLength(answer.length);
    response.getOutputStream().write(answer);
  }

  private boolean goes(Peer peer) {
    long start = System.nanoTime();
    boolean gone = peer.hasGone();
    asking.release();
    while (!gone && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
      gone = pause() && peer.hasGone();
    }
    return gone;
  }

  private boolean goesWithin(int probes, Peer peer) {
    boolean gone = peer.hasGone();
    asking.release();
    for (int n = 1; n < probes && !gone; n++) {
      gone = pause() && peer.hasGone();
    }
    return gone;
  }

  /** Lets the other side do something. */
  private static boolean pause() {
    try {
      return !new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts tests", e);
    }
  }

  String told() throws InterruptedException {
    return String.valueOf(trail.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  void awaitAsking() throws InterruptedException {
    if (!asking.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("no request came through");
    }
  }
}
