package dev.fermata.kind;

import java.util.Locale;

/** What an input holds, and so how it is checked. */
public enum Format {
  /** Passed on byte for byte. */
  TEXT,
  /** One JSON number. */
  NUMBER,
  /** One JSON value. */
  JSON,
  /** Protein sequence, bare or as FASTA; checked and repaired. */
  PROTEIN,
  /** DNA or RNA sequence, bare or as FASTA; checked and repaired. */
  NUCLEOTIDE,
  /** Any bytes; the handler finds them as a file under the input's name. */
  FILE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isSequence() {
    return this == PROTEIN || this == NUCLEOTIDE;
  }
}
