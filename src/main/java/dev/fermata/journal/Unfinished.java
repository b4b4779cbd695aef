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
 * @param place where it stands in line: smaller ones start earlier
 * @param session the state that it works on; null for none
 * @param status queued, running or cancelling
 * @param crashes how often the server died while this job ran, this time not counted
 * @param group the processes of its last attempt; null when it ran no program
 * @param reason why a {@code cancelling} job was asked to stop; else null
 */
public record Unfinished(
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
    @Nullable Reason reason) {}
