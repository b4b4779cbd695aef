package dev.fermata.kind.fasta;

import java.util.Optional;

/**
 * The letters of one sequence, counted, to tell DNA and RNA from protein.
 *
 * <p>All bases are letters of amino acids too, so this is a guess, and it must not refuse a real
 * protein. A sequence is taken for DNA when it has at least {@value #SHORTEST} letters, at least 95
 * % of them are A, C, G, T or N (U for RNA), and A, C, G and T (or U) all occur. About a quarter of
 * the residues of a usual protein are among those letters, and the highest share among 4,000
 * proteins of UniProt is 67 %. Odd proteins do reach 95 %, but from one or two residues over and
 * over (antifreeze glycoproteins are Ala-Ala-Thr repeats, silk and collagen are rich in Gly); with
 * cysteine, the rarest of the four, such a protein of even 12 residues isn't known. DNA that lacks
 * a base, such as a microsatellite, passes: refusing it would refuse those proteins.
 */
final class Composition {

  private static final int SHORTEST = 12;
  private static final double SHARE = 0.95;

  private int all;
  private int a;
  private int c;
  private int g;
  private int t;
  private int u;
  private int n;

  void add(char letter) {
    all++;
    switch (letter) {
      case 'A', 'a' -> a++;
      case 'C', 'c' -> c++;
      case 'G', 'g' -> g++;
      case 'T', 't' -> t++;
      case 'U', 'u' -> u++;
      case 'N', 'n' -> n++;
      default -> {}
    }
  }

  /** What it looks like, in words, when that isn't protein. */
  Optional<String> looksLike() {
    return t >= u ? looksLike("DNA", 'T', t) : looksLike("RNA", 'U', u);
  }

  private Optional<String> looksLike(String what, char fourth, int count) {
    int bases = a + c + g + n + count;
    boolean everyBase = a > 0 && c > 0 && g > 0 && count > 0;
    return everyBase && all >= SHORTEST && bases >= SHARE * all
        ? Optional.of(
            "looks like %s: %d of %d letters are A, C, G, %c or N"
                .formatted(what, bases, all, fourth))
        : Optional.empty();
  }
}
