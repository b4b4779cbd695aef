/** Holds the server to the document that describes its HTTP interface. */
@NullMarked
package dev.fermata.openapi;

import org.jspecify.annotations.NullMarked;
