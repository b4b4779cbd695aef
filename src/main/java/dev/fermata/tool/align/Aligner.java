package dev.fermata.tool.align;

import org.biojava.nbio.alignment.SimpleGapPenalty;
import org.biojava.nbio.alignment.SmithWaterman;
import org.biojava.nbio.core.exceptions.CompoundNotFoundException;
import org.biojava.nbio.core.sequence.ProteinSequence;
import org.jspecify.annotations.Nullable;

/**
 * Compares a query with one record of the database: scores it, and writes its best local alignment
 * out with BioJava. Safe for use by several threads.
 *
 * @param maxCells above this many pairs of residues only score and ranges are told, because BioJava
 *     keeps 36 bytes for each pair
 */
record Aligner(Residues query, GapCosts gaps, long maxCells) {

  LocalScore score(Target target) throws InterruptedException {
    return LocalScore.of(query, target.residues(), gaps);
  }

  /** The hit that has this score. */
  Hit align(Target target, LocalScore end) throws InterruptedException {
    Residues queryHead = query.part(1, end.queryEnd());
    Residues targetHead = target.residues().part(1, end.targetEnd());
    // Seen from its end, the alignment ends where it starts.
    LocalScore start = LocalScore.of(queryHead.reversed(), targetHead.reversed(), gaps);
    var queryRange = new Hit.Range(end.queryEnd() - start.queryEnd() + 1, end.queryEnd());
    var targetRange = new Hit.Range(end.targetEnd() - start.targetEnd() + 1, end.targetEnd());
    return new Hit(
        target.name(),
        target.description(),
        end.score(),
        queryRange,
        targetRange,
        write(queryRange.of(query), targetRange.of(target.residues())));
  }

  private @Nullable Alignment write(Residues query, Residues target) {
    if ((long) query.length() * target.length() > maxCells) {
      return null;
    }
    var pair =
        new SmithWaterman<>(
                protein(query),
                protein(target),
                new SimpleGapPenalty(gaps.open(), gaps.extend()),
                Blosum62.INSTANCE)
            .getPair();
    return Alignment.of(
        spell(pair.getQuery().getSequenceAsString(), query.letters()),
        spell(pair.getTarget().getSequenceAsString(), target.letters()));
  }

  private static ProteinSequence protein(Residues residues) {
    try {
      return new ProteinSequence(residues.scored());
    } catch (CompoundNotFoundException e) {
      throw new IllegalStateException(e); // BioJava knows all letters of BLOSUM62
    }
  }

  /** Puts the letters that were given in place of those that were scored. */
  private static String spell(String row, String letters) {
    var spelled = new StringBuilder(row.length());
    int next = 0;
    for (int column = 0; column < row.length(); column++) {
      char scored = row.charAt(column);
      spelled.append(scored == '-' ? scored : letters.charAt(next++));
    }
    return spelled.toString();
  }
}
