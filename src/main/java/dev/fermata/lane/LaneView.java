package dev.fermata.lane;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One lane at one moment.
 *
 * @param capacity how many jobs may wait
 * @param oldestWaitingSince when the job that has waited longest was accepted; null when none waits
 * @param estimatedDrain until all that waits and runs has ended, if jobs go on taking as long as
 *     the last ones; null before the first end
 */
public record LaneView(
    String lane,
    int workers,
    int waiting,
    int running,
    int capacity,
    @Nullable Instant oldestWaitingSince,
    @Nullable Duration estimatedDrain) {}
