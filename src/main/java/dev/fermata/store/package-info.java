/** The journal on SQLite. */
@NullMarked
package dev.fermata.store;

import org.jspecify.annotations.NullMarked;
