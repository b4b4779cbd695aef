/** Puts the rooms together and starts and stops them in order. */
@NullMarked
package dev.fermata.wiring;

import org.jspecify.annotations.NullMarked;
