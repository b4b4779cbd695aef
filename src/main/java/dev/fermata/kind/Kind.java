package dev.fermata.kind;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A sort of query.
 *
 * @param lane where its jobs wait, unless a submission names another lane
 * @param timeout how long a job may run; null for no limit
 */
public record Kind(
    String name,
    String description,
    String lane,
    Inputs inputs,
    @Nullable Duration timeout,
    OnCrash onCrash,
    JobHandler handler) {}
