/**
 * Measures a server in a process of its own over loopback. Ratios within one run count; absolute
 * rates don't.
 */
@NullMarked
package dev.fermata.bench;

import org.jspecify.annotations.NullMarked;
