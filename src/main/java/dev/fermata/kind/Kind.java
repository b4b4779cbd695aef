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
 */
public record Kind(
    String name,
    String description,
    String lane,
    Inputs inputs,
    @Nullable Duration timeout,
    OnCrash onCrash,
    CommitPolicy policy,
    JobHandler handler) {}
