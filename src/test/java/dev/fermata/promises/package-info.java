/**
 * The promises of the server as code. {@link dev.fermata.promises.Invariant} says what must hold of
 * any {@link dev.fermata.promises.History}; the {@link dev.fermata.promises.Model} is the system as
 * a small state machine, whose every path is held to that; the {@link
 * dev.fermata.promises.Recorder} holds the real server to the same.
 */
@NullMarked
package dev.fermata.promises;

import org.jspecify.annotations.NullMarked;
