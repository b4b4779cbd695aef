package dev.fermata.tool.align;

/**
 * What gaps cost: one of k residues costs {@code open + k * extend}, as in BLAST, SSEARCH and
 * BioJava.
 *
 * <p>The same costs are {@code blastp -gapopen open -gapextend extend}, {@code ssearch36 -f -open
 * -g -extend} and {@code SimpleGapPenalty(open, extend)}; but {@code water -gapopen (open + extend)
 * -gapextend extend}, whose opening pays for the first residue.
 */
record GapCosts(int open, int extend) {

  /** What the first residue of a gap costs. */
  int first() {
    return open + extend;
  }
}
