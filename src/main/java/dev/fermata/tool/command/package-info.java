/** Kinds of query that run a program. */
@NullMarked
package dev.fermata.tool.command;

import org.jspecify.annotations.NullMarked;
