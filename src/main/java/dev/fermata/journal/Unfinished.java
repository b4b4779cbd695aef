package dev.fermata.journal;

import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Reason;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a restart must know of a job that has not ended.
 *
 * @param turn its place as it was accepted: smaller ones come earlier on their session
 * @param place where it stands in line: smaller ones start earlier
 * @param session the state that it works on; null for none
 * @param status queued, running or cancelling
 * @param crashes how often the server died while this job ran, this time not counted
 * @param group the processes of its last attempt; null when it ran no program
 * @param reason why a {@code cancelling} job was asked to stop; else null
 * @param dueAt when a job joins the line that is not in it; null for one that has joined
 */
public record Unfinished(
    JobId id,
    long seq,
    long turn,
    long place,
    String kind,
    String lane,
    Owner owner,
    @Nullable SessionId session,
    Status status,
    int attempt,
    int crashes,
    Instant submittedAt,
    @Nullable ProcessGroup group,
    @Nullable Reason reason,
    @Nullable Instant dueAt) {

  /** One that is in line where it was accepted, or runs. */
  public Unfinished(
      JobId id,
      long seq,
      long place,
      String kind,
      String lane,
      Owner owner,
      @Nullable SessionId session,
      Status status,
      int attempt,
      int crashes,
      Instant submittedAt,
      @Nullable ProcessGroup group,
      @Nullable Reason reason) {
    this(
        id,
        seq,
        place,
        place,
        kind,
        lane,
        owner,
        session,
        status,
        attempt,
        crashes,
        submittedAt,
        group,
        reason,
        null);
  }
}
