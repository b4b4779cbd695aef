/** The engine: how long what jobs leave behind is kept, and how much of it. */
@NullMarked
package dev.fermata.retention;

import org.jspecify.annotations.NullMarked;
