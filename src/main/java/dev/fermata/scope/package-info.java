/** Lifetimes: what was opened for a job or for the application, closed newest first. */
@NullMarked
package dev.fermata.scope;

import org.jspecify.annotations.NullMarked;
