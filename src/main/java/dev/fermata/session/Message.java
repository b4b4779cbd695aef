package dev.fermata.session;

import dev.fermata.job.JobId;
import dev.fermata.job.Status;
import java.time.Instant;

/**
 * One message of a session, as saved.
 *
 * @param index its place in the session, from 0
 * @param role who says it: {@code user}, {@code assistant}, or what a program calls it
 * @param job the one that added it
 * @param outcome how that job ended
 */
public record Message(
    long index, String role, String content, Instant at, JobId job, Status outcome) {}
