/** The engine: ordered lines of jobs and the workers that run them. */
@NullMarked
package dev.fermata.lane;

import org.jspecify.annotations.NullMarked;
