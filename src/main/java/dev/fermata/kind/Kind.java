package dev.fermata.kind;

import dev.fermata.job.CommitPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A sort of query.
 *
 * @param lane where its jobs wait, unless a submission names another lane
 * @param policy what is saved of a session, unless a submission says otherwise
 * @param timeout how long a job may run; null for no limit
 * @param maxAttempts how many attempts may fail or time out at most, the last one included
 * @param backoff how long a job rests before it is tried again
 */
public record Kind(
    String name,
    String description,
    String lane,
    Inputs inputs,
    @Nullable Duration timeout,
    OnCrash onCrash,
    CommitPolicy policy,
    int maxAttempts,
    Backoff backoff,
    JobHandler handler) {}
