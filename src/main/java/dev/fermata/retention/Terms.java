package dev.fermata.retention;

import java.time.Duration;

/**
 * How long things are kept, counted from the end of their job, and how much in all.
 *
 * @param jobs then the whole job goes, and all that is left of it
 * @param keys of idempotency, counted from when they were first used
 * @param tombstones that there was a job, counted from when it was removed
 * @param bytes what everything may take on the disk: jobs go before their time while it is more
 */
public record Terms(
    Duration jobs,
    Duration events,
    Duration files,
    Duration keys,
    Duration tombstones,
    long bytes) {}
