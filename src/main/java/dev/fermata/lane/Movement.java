package dev.fermata.lane;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a lane gets on.
 *
 * @param movedAt when a job last started or ended there; null before the first
 * @param waitsFor what those wait for who wait, in words; null when nobody waits
 * @param gaveUp what a worker could not come to an end with, in words; null when all can work
 */
public record Movement(
    String lane, @Nullable Instant movedAt, @Nullable String waitsFor, @Nullable String gaveUp) {}
