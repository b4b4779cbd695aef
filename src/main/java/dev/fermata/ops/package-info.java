/** Health and meters: reads the engine, changes nothing. */
@NullMarked
package dev.fermata.ops;

import org.jspecify.annotations.NullMarked;
