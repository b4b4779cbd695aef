/** The durable facts about jobs, in order, and what a restart makes of them. */
@NullMarked
package dev.fermata.journal;

import org.jspecify.annotations.NullMarked;
