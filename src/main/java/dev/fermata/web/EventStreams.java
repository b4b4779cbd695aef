package dev.fermata.web;

import dev.fermata.feed.Attendance;
import dev.fermata.feed.Cut;
import dev.fermata.feed.Feed;
import dev.fermata.feed.Watch;
import dev.fermata.job.Event;
import dev.fermata.job.JobId;
import dev.fermata.job.OnDisconnect;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.JournalUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Sends the events of a job to a client, by the thread of its request, until the job has ended. */
@Component
final class EventStreams {

  private final Feed feed;
  private final Attendance attendance;
  private final JobDocuments documents;
  private final JsonMapper json;
  private final Duration heartbeat;

  EventStreams(
      Feed feed,
      Attendance attendance,
      JobDocuments documents,
      JsonMapper json,
      WebSettings settings) {
    this.feed = feed;
    this.attendance = attendance;
    this.documents = documents;
    this.json = json;
    this.heartbeat = settings.heartbeat();
  }

  /**
   * Streams to the end of the job, or until one of the two sides gives up.
   *
   * @param job as it was before
   * @param after the number of the last event that the client knows; 0 for none
   * @param wish what becomes of the job when the client goes away
   */
  void send(
      JobRecord job,
      long after,
      OnDisconnect wish,
      EventFormat format,
      HttpServletRequest request,
      HttpServletResponse response) {
    Peer peer = Peer.of(request);
    JobId id = job.job().id();
    try (Attendance.Visit visit = attendance.attend(id, wish);
        Watch watch = feed.watch(id, after)) {
      try {
        follow(job, watch, new EventWriter(format, after, documents, json, response), peer, visit);
      } catch (IOException e) {
        if (!isTooSlow(e)) {
          visit.gone(Attendance.Seen.WRITE);
        }
        peer.cut();
      } catch (Cut | Rejected | JournalUnavailable e) {
        peer.cut(); // so that it comes back, or asks why
      } catch (InterruptedException e) {
        peer.cut();
        Thread.currentThread().interrupt();
      }
    }
  }

  private void follow(
      JobRecord job, Watch watch, EventWriter client, Peer peer, Attendance.Visit visit)
      throws IOException, InterruptedException {
    client.begin();
    long heard = System.nanoTime();
    while (!client.hasEnd()) {
      List<Event> events = watch.next(Peer.PATIENCE);
      if (peer.hasGone()) {
        visit.gone(Attendance.Seen.PROBE);
        peer.cut();
        return;
      }
      if (!events.isEmpty()) {
        client.write(events);
        heard = System.nanoTime();
      } else if (job.status().finished()) {
        client.write(List.of(EventDocument.end(job))); // all before it are gone for good
      } else if (System.nanoTime() - heard >= heartbeat.toNanos()) {
        documents.record(job.job().id()); // which may have been removed
        client.heartbeat();
        heard = System.nanoTime();
      }
    }
  }

  /** A stream that begins while the server stops would be cut at once. */
  static void requireOpen(Feed feed) {
    if (feed.isClosed()) {
      throw Problem.DRAINING
          .because("The server is stopping; come back to go on with this stream.")
          .with(HttpHeaders.RETRY_AFTER, "10");
    }
  }

  /** Who takes nothing for too long is sent away, and has not gone. */
  private static boolean isTooSlow(IOException e) {
    return NestedExceptionUtils.getMostSpecificCause(e) instanceof SocketTimeoutException;
  }
}
