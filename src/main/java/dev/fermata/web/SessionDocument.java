package dev.fermata.web;

import dev.fermata.job.JobId;
import dev.fermata.session.SavedSession;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * A session as clients see it: what was last committed, and the job that has it open now.
 *
 * @param meta a JSON object
 * @param version how often it was saved
 * @param total how many messages it has
 * @param job null when none has it open
 * @param messages the newest, the oldest of them first
 */
record SessionDocument(
    String id,
    RawValue meta,
    long version,
    long total,
    Instant created,
    Instant updated,
    @Nullable String job,
    List<MessageDocument> messages,
    Links links)
    implements Spoken {

  /** Where to go from a session. */
  record Links(String self, String messages, String jobs) {

    static Links of(String id) {
      return new Links(address(id), address(id) + "/messages", "/jobs?session=" + id);
    }
  }

  static SessionDocument of(
      SavedSession session, @Nullable JobId holder, List<MessageDocument> messages) {
    return new SessionDocument(
        session.id().name(),
        new RawValue(session.meta()),
        session.version(),
        session.total(),
        session.created(),
        session.updated(),
        holder == null ? null : holder.toString(),
        messages,
        Links.of(session.id().name()));
  }

  static String address(String id) {
    return "/sessions/" + id;
  }

  @Override
  public String line() {
    return "Session %s, version %d, %d message%s%s."
        .formatted(
            id, version, total, total == 1 ? "" : "s", job == null ? "" : ", held by job " + job);
  }
}
