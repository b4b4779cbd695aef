package dev.fermata.session;

import dev.fermata.job.SessionId;
import java.time.Instant;

/**
 * A session as it was last committed, but for its messages.
 *
 * @param number in the order of creation over all sessions, from 1; never used twice
 * @param meta a JSON object
 * @param version how often it was saved
 * @param total how many messages it has
 */
public record SavedSession(
    long number,
    SessionId id,
    String meta,
    long version,
    long total,
    Instant created,
    Instant updated) {}
