/** What clients may rely on, over real HTTP and with real processes. */
@NullMarked
package dev.fermata.acceptance;

import org.jspecify.annotations.NullMarked;
