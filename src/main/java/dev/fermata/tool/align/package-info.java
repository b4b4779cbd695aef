/** The kind of query that needs nothing installed: local alignment against a FASTA database. */
@NullMarked
package dev.fermata.tool.align;

import org.jspecify.annotations.NullMarked;
