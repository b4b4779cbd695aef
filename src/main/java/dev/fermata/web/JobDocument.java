package dev.fermata.web;

import dev.fermata.job.JobId;
import dev.fermata.job.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as clients see it. Every field is always there, null where it doesn't apply yet.
 *
 * @param position 1 for the next to start; null once started
 * @param result raw JSON, a string, or null
 * @param finished whether the job has ended, for clients that poll
 */
record JobDocument(
    String id,
    String kind,
    String lane,
    @Nullable String session,
    String status,
    @Nullable String reason,
    @Nullable String message,
    int attempt,
    @Nullable Integer position,
    @Nullable Instant estimatedStartAt,
    Instant submittedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Integer returnCode,
    @Nullable Progress progress,
    Map<String, String> input,
    @Nullable Object result,
    List<String> warnings,
    @Nullable Long lastEventId,
    boolean finished,
    @Nullable Instant expiresAt,
    Links links)
    implements Spoken {

  /**
   * Where to go from a job.
   *
   * @param session null for a job that works on none
   */
  record Links(
      String self,
      String events,
      String result,
      String files,
      String cancel,
      String rerun,
      @Nullable String session) {

    static Links of(JobId id, @Nullable String session) {
      String self = "/jobs/" + id;
      return new Links(
          self,
          self + "/events",
          self + "/result",
          self + "/files",
          self + "/cancel",
          self + "/rerun",
          session == null ? null : SessionDocument.address(session));
    }
  }

  JobDocument withoutEstimate() {
    return new JobDocument(
        id,
        kind,
        lane,
        session,
        status,
        reason,
        message,
        attempt,
        position,
        null,
        submittedAt,
        startedAt,
        finishedAt,
        returnCode,
        progress,
        input,
        result,
        warnings,
        lastEventId,
        finished,
        expiresAt,
        links);
  }

  @Override
  public String line() {
    var line = new StringBuilder("Job " + id + " (" + kind + ") " + verb() + status);
    if (position != null) {
      line.append(", position ").append(position);
    }
    if (reason != null) {
      line.append(", ").append(reason);
    }
    line.append(message == null ? "." : ": " + message);
    return line.toString().replaceAll("\\s+", " ");
  }

  private String verb() {
    return switch (status) {
      case "succeeded", "failed", "timed_out" -> "";
      case "cancelled", "lost" -> "was ";
      default -> "is ";
    };
  }

  String self() {
    return links.self();
  }
}
