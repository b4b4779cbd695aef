package dev.fermata.journal;

import dev.fermata.job.Status;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many jobs ended in one minute in one way.
 *
 * @param minute its begin
 * @param started how many of them started
 * @param queueWait from acceptance to the last start, the mean of those that started; null when
 *     none did
 * @param run from the last start to the end, likewise
 */
public record Tally(
    Instant minute,
    Status status,
    long jobs,
    long started,
    @Nullable Duration queueWait,
    @Nullable Duration run) {}
