package dev.fermata.job;

import java.time.Instant;

/**
 * An accepted query.
 *
 * @param seq its number in the order of acceptance over all lanes; never used twice
 */
public record Job(JobId id, long seq, Submission submission, Instant submittedAt) {}
