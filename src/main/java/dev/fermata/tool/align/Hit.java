package dev.fermata.tool.align;

import org.jspecify.annotations.Nullable;

/**
 * A record of the database that resembles the query.
 *
 * @param alignment null when it would be too large to be written out
 */
record Hit(
    String target,
    String description,
    int score,
    Range queryRange,
    Range targetRange,
    @Nullable Alignment alignment) {

  /** Residues of a sequence, counted from 1, both ends included. */
  record Range(int start, int end) {

    Residues of(Residues residues) {
      return residues.part(start, end);
    }
  }
}
