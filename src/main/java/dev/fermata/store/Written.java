package dev.fermata.store;

import dev.fermata.job.Event;
import java.util.List;
import java.util.Optional;

/**
 * What a transaction made of an append.
 *
 * @param events what clients see of it, in order; empty when it was refused as stale, and nothing
 *     of it was written
 */
record Written(Append append, Optional<List<Event>> events) {}
