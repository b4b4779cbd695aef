package dev.fermata.kind.fasta;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompositionTest {

  @ParameterizedTest
  @CsvSource({
    "ACGTTAGCTAGC, 'looks like DNA: 12 of 12 letters are A, C, G, T or N'",
    "acgttagctagcnnnn, 'looks like DNA: 16 of 16 letters are A, C, G, T or N'",
    "AUGGCUUACGGCUAA, 'looks like RNA: 15 of 15 letters are A, C, G, U or N'",
    "ACGTTAGCTAGCACGTTAGCTRGC, 'looks like DNA: 23 of 24 letters are A, C, G, T or N'",
  })
  void knowsDnaAndRna(String sequence, String words) {
    assertThat(composition(sequence).looksLike()).contains(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ACGT", // a peptide of four
        "GCCSNPVCHLEHSNLC", // alpha-conotoxin MII
        "AATAATAATAATAATAATAATA", // antifreeze glycoprotein
        "GAGAGSGAGAGSGAGAGSGAGAGS", // silk
        "DTASDAAAAAALTAANAKAAAELTAANAAAAAAAATAR", // antifreeze protein of the winter flounder
        "MDPNCSCAAGDSCTCAGSCKCKECKCTSCKKSCCSCCPVGCAKCAQGCICKGASDKCSCCA", // metallothionein
        "GGGGGGGGGGGGGGGGGGGG",
      })
  void takesOddProteinsForProteins(String sequence) {
    assertThat(composition(sequence).looksLike()).isEmpty();
  }

  private static Composition composition(String sequence) {
    var composition = new Composition();
    sequence.chars().forEach(letter -> composition.add((char) letter));
    return composition;
  }
}
