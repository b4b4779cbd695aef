package dev.fermata.kind.fasta;

import java.util.List;

/**
 * A sequence input that was read.
 *
 * @param value what it comes to, repaired; only to be used when there are no faults
 * @param name the first word of the first header; empty when there is none
 * @param faults what is wrong, with line numbers as in what was sent
 * @param warnings what was repaired or looks odd
 */
public record Fasta(String value, String name, List<String> faults, List<String> warnings) {

  /** Reads one sequence, bare or as a FASTA record; its value is the bare sequence. */
  public static Fasta one(String sent, Alphabet alphabet) {
    return new Reader(Sent.of(sent), alphabet, false).read();
  }

  /** Reads any number of records; the value is FASTA, its lines as they were. */
  public static Fasta many(String sent, Alphabet alphabet) {
    return new Reader(Sent.of(sent), alphabet, true).read();
  }
}
