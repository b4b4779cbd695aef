package dev.fermata.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * The client at the other end of a request's connection. To be used by the thread of the request
 * only, once the body was read.
 */
final class Peer {

  /** How often to ask whether it has gone. */
  static final Duration PATIENCE = Duration.ofMillis(100);

  private static final String KEY = Peer.class.getName();

  private final org.apache.coyote.Request request;

  private Peer(org.apache.coyote.Request request) {
    this.request = request;
  }

  static Peer of(HttpServletRequest request) {
    if (request.getAttribute(KEY) instanceof Peer peer) {
      return peer;
    }
    throw new IllegalStateException("the request did not come through Tomcat");
  }

  /** Whether it has closed its end of the connection, wholly or by half. Nothing is written. */
  boolean hasGone() {
    WatchedHttp.Connection connection = WatchedHttp.of(request);
    return connection != null && connection.isClosedByClient();
  }

  /**
   * Closes the connection at once, so that what was sent of an answer does not look whole. Nothing
   * can be written any more.
   */
  void cut() {
    request.action(ActionCode.CLOSE_NOW, null);
  }

  /** Lets every request know its peer. */
  static final class Introduction extends ValveBase {

    Introduction() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      request.setAttribute(KEY, new Peer(request.getCoyoteRequest()));
      getNext().invoke(request, response);
    }
  }
}
