/** The server's entrance. */
@NullMarked
package dev.fermata;

import org.jspecify.annotations.NullMarked;
