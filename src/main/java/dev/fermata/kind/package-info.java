/** What can be asked of the server: kinds, their inputs and their handlers. */
@NullMarked
package dev.fermata.kind;

import org.jspecify.annotations.NullMarked;
