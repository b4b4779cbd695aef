package dev.fermata.kind;

/** How many FASTA records a sequence input takes. */
public enum Records {
  ONE,
  MANY
}
