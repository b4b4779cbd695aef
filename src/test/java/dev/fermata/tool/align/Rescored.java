package dev.fermata.tool.align;

/** Counts an alignment's score from its written rows, and nothing else. */
final class Rescored {

  private Rescored() {}

  static int score(Hit hit, GapCosts gaps) {
    Alignment alignment = hit.alignment();
    if (alignment == null) {
      throw new AssertionError("not written out: " + hit);
    }
    int score = -gaps.open() * alignment.gaps();
    for (int column = 0; column < alignment.columns(); column++) {
      score += column(alignment.query().charAt(column), alignment.target().charAt(column), gaps);
    }
    return score;
  }

  private static int column(char query, char target, GapCosts gaps) {
    return query == '-' || target == '-' ? -gaps.extend() : Blosum62.INSTANCE.score(query, target);
  }
}
