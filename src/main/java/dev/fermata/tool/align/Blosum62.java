package dev.fermata.tool.align;

import org.biojava.nbio.core.alignment.matrices.SimpleSubstitutionMatrix;
import org.biojava.nbio.core.alignment.matrices.SubstitutionMatrixHelper;
import org.biojava.nbio.core.alignment.template.SubstitutionMatrix;
import org.biojava.nbio.core.sequence.compound.AminoAcidCompound;
import org.biojava.nbio.core.sequence.compound.AminoAcidCompoundSet;

/** BioJava's BLOSUM62, looked up by letter instead of searched for in lists: four times as fast. */
final class Blosum62 extends SimpleSubstitutionMatrix<AminoAcidCompound> {

  static final Blosum62 INSTANCE = new Blosum62(SubstitutionMatrixHelper.getBlosum62());

  private static final String LETTERS = "ARNDCQEGHILKMFPSTWYVBZX*";

  private final int[][] scores = new int[128][128];

  private Blosum62(SubstitutionMatrix<AminoAcidCompound> original) {
    super(original.getCompoundSet(), original.getMatrixAsString(), "blosum62");
    LETTERS
        .chars()
        .forEach(
            from ->
                LETTERS
                    .chars()
                    .forEach(
                        to -> scores[from][to] = original.getValue(compound(from), compound(to))));
  }

  /** The scores of a letter against every letter, by their ASCII codes. */
  int[] row(byte letter) {
    return scores[letter];
  }

  int score(char from, char to) {
    return scores[from][to];
  }

  @Override
  public short getValue(AminoAcidCompound from, AminoAcidCompound to) {
    return (short) score(from.getBase().charAt(0), to.getBase().charAt(0));
  }

  private static AminoAcidCompound compound(int letter) {
    return AminoAcidCompoundSet.getAminoAcidCompoundSet()
        .getCompoundForString(Character.toString(letter));
  }
}
