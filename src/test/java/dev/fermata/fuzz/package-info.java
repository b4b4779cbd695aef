/**
 * Sends what nobody foresaw: requests by a grammar, broken ones, and bytes that are no request, all
 * of them from one seed; and holds every answer, and the server afterwards, to what is promised.
 */
@NullMarked
package dev.fermata.fuzz;

import org.jspecify.annotations.NullMarked;
