package dev.fermata.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job made of its session.
 *
 * @param version the one that the job found, 0 for a session that did not exist: the fence
 * @param meta the new metadata, a JSON object; null when the job left it as it was
 * @param appended what the job added, in order
 */
public record SessionChange(
    SessionId session, long version, @Nullable String meta, List<Appended> appended) {

  /** A message that a job added to its session. */
  public record Appended(String role, String content, Instant at) {}

  public SessionChange {
    appended = List.copyOf(appended);
  }
}
