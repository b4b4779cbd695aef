package dev.fermata.kind;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The known name that an unknown one was probably meant to be. */
public final class Nearest {

  /** Longer words aren't misspelt names, and would only cost time. */
  private static final int LONGEST = 100;

  private Nearest() {}

  /** The name with the fewest letters to change, unless that is more than half of them. */
  public static Optional<String> to(String word, Collection<String> known) {
    Optional<String> nearest = Optional.empty();
    int fewest = Integer.MAX_VALUE;
    for (String name : known) {
      int longer = Math.max(word.length(), name.length());
      int distance = longer > LONGEST ? Integer.MAX_VALUE : distance(word, name);
      if (distance < fewest && 2 * distance <= longer) {
        nearest = Optional.of(name);
        fewest = distance;
      }
    }
    return nearest;
  }

  /** How many letters must be put in, left out or replaced; upper and lower case are the same. */
  private static int distance(String a, String b) {
    String from = a.toLowerCase(Locale.ROOT);
    String to = b.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
