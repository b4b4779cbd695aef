/** The HTTP interface: turns requests into submissions and jobs into documents. */
@NullMarked
package dev.fermata.web;

import org.jspecify.annotations.NullMarked;
