package dev.fermata.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 as Tomcat speaks it, on connections that can be asked whether the client is still there.
 * Tomcat makes one by the name of the class.
 */
public final class WatchedHttp extends Http11NioProtocol {

  /** Where a request keeps its connection; Tomcat itself uses the first few notes. */
  private static final int NOTE = 20;

  @Override
  protected Processor createProcessor() {
    return new Connection(this);
  }

  /** The connection of a request; null when it came by another protocol. */
  static @Nullable Connection of(Request request) {
    return request.getNote(NOTE) instanceof Connection connection ? connection : null;
  }

  /** One connection, to be used by the thread of its request only. */
  static final class Connection extends Http11Processor {

    private final ByteBuffer nothing = ByteBuffer.allocate(0);

    private Connection(WatchedHttp protocol) {
      super(protocol, protocol.getAdapter());
      getRequest().setNote(NOTE, this);
    }

    /**
     * Whether the client has closed its end. What is read meanwhile, as a request that follows,
     * stays in Tomcat's own buffer below that of the request, where it will be looked for.
     */
    boolean isClosedByClient() {
      try {
        getSocketWrapper().read(false, nothing);
        return false;
      } catch (IOException e) {
        return true;
      }
    }
  }
}
