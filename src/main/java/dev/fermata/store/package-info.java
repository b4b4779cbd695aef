/** The journal on SQLite: jobs, their events, and sessions. */
@NullMarked
package dev.fermata.store;

import org.jspecify.annotations.NullMarked;
