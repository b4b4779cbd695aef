package dev.fermata.web;

import dev.fermata.feed.Feed;
import dev.fermata.job.Job;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * How a submission is answered, as its client chose: at once, at the end of the job, or by its
 * events as they happen.
 */
@Component
final class Answers {

  private final EventStreams streams;
  private final Waits waits;
  private final JobDocuments documents;
  private final Feed feed;

  Answers(EventStreams streams, Waits waits, JobDocuments documents, Feed feed) {
    this.streams = streams;
    this.waits = waits;
    this.documents = documents;
    this.feed = feed;
  }

  /**
   * Whether the client of a submission stays for the job. To be asked before anything is accepted,
   * since it refuses what can't be answered.
   */
  static boolean waits(HttpServletRequest request) {
    return Preference.wait(request).isPresent() || stream(request).isPresent();
  }

  /** The format in which the client follows the job; empty when it wants a document. */
  static Optional<EventFormat> stream(HttpServletRequest request) {
    return EventFormat.of(request, MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN);
  }

  /**
   * Answers, but for what is returned. Not by a ResponseEntity, which would be flushed early and so
   * cost each answer a second write.
   *
   * @return the rest of the answer; null when it was streamed
   */
  @Nullable JobDocument answer(
      Taken taken, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    Job job = taken.job().job();
    String address = taken.document().links().self();
    response.setHeader(HttpHeaders.LOCATION, address);
    if (taken.replayed()) {
      response.setHeader("Idempotency-Replayed", "true");
    }
    Optional<EventFormat> stream = stream(request);
    if (stream.isPresent() && !feed.isClosed()) {
      response.setHeader(HttpHeaders.CONTENT_LOCATION, address + "/events");
      streams.send(
          taken.job(), 0, job.submission().onDisconnect(), stream.get(), request, response);
      return null;
    }
    Optional<Duration> wait = Preference.wait(request);
    boolean ended = wait.isPresent() && ends(job, wait.get(), request, response);
    if (!ended) {
      response.setStatus(HttpServletResponse.SC_ACCEPTED);
      response.setHeader(HttpHeaders.RETRY_AFTER, "1");
    }
    return wait.isPresent() ? documents.document(job.id()) : taken.document();
  }

  private boolean ends(
      Job job, Duration wait, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    response.setHeader(Preference.APPLIED, Preference.applied(wait));
    return waits.awaitEnd(job.id(), wait, job.submission().onDisconnect(), request);
  }
}
