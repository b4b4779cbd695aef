package dev.fermata.tool.align;

/**
 * Two sequences written one above the other, column by column.
 *
 * @param query the residues of the query, {@code -} in gaps
 * @param midline the letter where both are the same, {@code +} where BLOSUM62 is above 0, else a
 *     space
 * @param target the residues of the target, {@code -} in gaps
 */
record Alignment(String query, String midline, String target) {

  private static final char GAP = '-';

  static Alignment of(String query, String target) {
    var midline = new StringBuilder(query.length());
    for (int column = 0; column < query.length(); column++) {
      midline.append(mark(query.charAt(column), target.charAt(column)));
    }
    return new Alignment(query, midline.toString(), target);
  }

  private static char mark(char query, char target) {
    if (query == target) {
      return query;
    }
    // Letters without a score, and gaps, score 0 here.
    return Blosum62.INSTANCE.score(query, target) > 0 ? '+' : ' ';
  }

  int columns() {
    return midline.length();
  }

  /** The fraction of the columns that hold the same letter twice. */
  double identity() {
    return identities() / (double) columns();
  }

  /** The fraction of the columns that score above 0 or hold the same letter twice. */
  double similarity() {
    return midline.chars().filter(mark -> mark != ' ').count() / (double) columns();
  }

  int identities() {
    return (int) midline.chars().filter(mark -> mark != ' ' && mark != '+').count();
  }

  private long gapColumns() {
    return (query + target).chars().filter(letter -> letter == GAP).count();
  }

  int gaps() {
    return gapsIn(query) + gapsIn(target);
  }

  int mismatches() {
    return (int) (columns() - identities() - gapColumns());
  }

  private static int gapsIn(String row) {
    int gaps = 0;
    for (int column = 0; column < row.length(); column++) {
      if (row.charAt(column) == GAP && (column == 0 || row.charAt(column - 1) != GAP)) {
        gaps++;
      }
    }
    return gaps;
  }
}
