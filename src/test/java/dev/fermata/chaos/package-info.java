/** Breaks the packaged server on purpose, and holds it to what it promises. */
@NullMarked
package dev.fermata.chaos;

import org.jspecify.annotations.NullMarked;
