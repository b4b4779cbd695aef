package dev.fermata.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Reads the bodies of requests, of which only so much is in memory at a time. Safe for use by many
 * threads.
 */
@Component
final class Bodies {

  /** What a body takes of the room at a time, as it comes. */
  static final int STEP = 64 * 1024;

  /** A body becomes text, a form and a submission: some copies are in memory at a time. */
  private static final int COPIES = 8;

  private final long limit;
  private final Semaphore steps;

  @Autowired
  Bodies(WebSettings settings) {
    this(settings.maxBody().toBytes(), Runtime.getRuntime().maxMemory() / COPIES);
  }

  /**
   * A reader.
   *
   * @param limit the most that one body may hold, in bytes
   * @param room what all may take together, in bytes; one of the greatest fits in any case
   */
  Bodies(long limit, long room) {
    this.limit = limit;
    this.steps = new Semaphore(Math.toIntExact(Math.max(limit, room) / STEP + 1));
  }

  /** Hands over the whole body of a request; what it takes is free again when that returns. */
  <T> T with(HttpServletRequest request, Function<Body, T> use) {
    if (request.getContentLengthLong() > limit) {
      throw tooLarge();
    }
    refuseEncoded(request.getHeader(HttpHeaders.CONTENT_ENCODING));
    try (var share = new Share(steps)) {
      return use.apply(new Body(read(request, share), Body.type(request.getContentType())));
    }
  }

  private byte[] read(HttpServletRequest request, Share share) {
    var body = new ByteArrayOutputStream();
    try {
      InputStream sent = request.getInputStream();
      for (byte[] step = sent.readNBytes(STEP); step.length > 0; step = sent.readNBytes(STEP)) {
        share.take();
        body.write(step);
        if (body.size() > limit) {
          throw tooLarge();
        }
      }
    } catch (IOException e) {
      throw Problem.BAD_REQUEST.because("The body ended before it was complete.");
    }
    return body.toByteArray();
  }

  private Rejected tooLarge() {
    return Problem.TOO_LARGE.because("The body may hold at most " + limit + " bytes.");
  }

  private static void refuseEncoded(@Nullable String encoding) {
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Problem.UNSUPPORTED_MEDIA_TYPE
          .because("Bodies in the encoding " + encoding + " aren't taken; send it as it is.")
          .with(HttpHeaders.ACCEPT_ENCODING, "identity");
    }
  }

  /** What one body has of the room. */
  private static final class Share implements AutoCloseable {

    private final Semaphore steps;
    private int own;

    Share(Semaphore steps) {
      this.steps = steps;
    }

    void take() {
      if (!steps.tryAcquire()) {
        throw Problem.TOO_MANY_BODIES
            .because("So many bodies are on their way that there is no room for this one.")
            .with(HttpHeaders.RETRY_AFTER, "1");
      }
      own++;
    }

    @Override
    public void close() {
      steps.release(own);
    }
  }
}
