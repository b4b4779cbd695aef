package dev.fermata.kind.fasta;

import java.util.Locale;

/** The letters of a sort of sequence, in either case, as IUPAC names them. */
public enum Alphabet {
  /** The 20 amino acids, the ambiguous B, J, Z and X, selenocysteine (U) and pyrrolysine (O). */
  PROTEIN("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "the letters A to Z"),
  /** The five bases and the eleven ambiguity codes. */
  NUCLEOTIDE("ACGTURYSWKMBDHVN", "A, C, G, T, U and the ambiguity codes R Y S W K M B D H V N");

  /** One bit per letter; the lowest is A. */
  private final int letters;

  private final String allowed;

  Alphabet(String letters, String allowed) {
    this.letters = letters.chars().map(letter -> 1 << (letter - 'A')).reduce(0, (a, b) -> a | b);
    this.allowed = allowed;
  }

  boolean has(char letter) {
    int bit = (letter & ~0x20) - 'A';
    return bit >= 0 && bit < 26 && (letters >> bit & 1) == 1;
  }

  /** The letters, in words. */
  String allowed() {
    return allowed;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
