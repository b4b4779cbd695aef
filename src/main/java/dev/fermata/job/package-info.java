/** What a job is, and how it ends: immutable words that know nobody. */
@NullMarked
package dev.fermata.job;

import org.jspecify.annotations.NullMarked;
