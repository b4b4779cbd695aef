/** Sequences as people send them: bare or as FASTA, read once, repaired, with every fault named. */
@NullMarked
package dev.fermata.kind.fasta;

import org.jspecify.annotations.NullMarked;
