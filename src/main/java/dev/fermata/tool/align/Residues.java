package dev.fermata.tool.align;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A protein sequence.
 *
 * @param letters IUPAC one-letter codes and {@code *}, in upper case, without gaps
 * @param scored the same, but X where BLOSUM62 has no such letter: J (I or L), U (selenocysteine)
 *     and O (pyrrolysine)
 */
record Residues(String letters, String scored) {

  private static final Pattern LEFT_OUT = Pattern.compile("[\\s.-]+");
  private static final Pattern UNSCORED = Pattern.compile("[JUO]");
  private static final Pattern STRANGE = Pattern.compile("[^A-Z*]");

  /**
   * Reads a sequence in any case; white space and gap characters are left out.
   *
   * @throws IllegalArgumentException when there is anything that is no residue
   */
  static Residues of(String text) {
    String letters = LEFT_OUT.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
    var strange = STRANGE.matcher(letters);
    if (strange.find()) {
      throw new IllegalArgumentException("'" + strange.group() + "' is no amino acid");
    }
    return new Residues(letters, UNSCORED.matcher(letters).replaceAll("X"));
  }

  int length() {
    return letters.length();
  }

  /** Whether some letters are scored as X. */
  boolean hasUnscored() {
    return !letters.equals(scored);
  }

  /** The scored letters as ASCII. */
  byte[] ascii() {
    return scored.getBytes(StandardCharsets.US_ASCII);
  }

  /** From {@code start} to {@code end}, counted from 1, both included. */
  Residues part(int start, int end) {
    return new Residues(letters.substring(start - 1, end), scored.substring(start - 1, end));
  }

  Residues reversed() {
    return new Residues(
        new StringBuilder(letters).reverse().toString(),
        new StringBuilder(scored).reverse().toString());
  }
}
