/** The engine: live and replayed events to watchers, and what becomes of a job when they leave. */
@NullMarked
package dev.fermata.feed;

import org.jspecify.annotations.NullMarked;
