package dev.fermata.kind.fasta;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastaTest {

  @Test
  void aBareSequenceMayBeWrapped() {
    assertThat(protein("  MKV LSP\n ADK\tTN\n"))
        .isEqualTo(Fasta.one("MKVLSPADKTN", Alphabet.PROTEIN));
  }

  @Test
  void takesEveryLetterOfIupacInEitherCase() {
    String proteins = "ACDEFGHIKLMNPQRSTVWYBJZXUOacdefghiklmnpqrstvwybjzxuo";
    String nucleotides = "ACGTURYSWKMBDHVNacgturyswkmbdhvn";

    assertThat(protein(proteins).faults()).isEmpty();
    assertThat(Fasta.one(nucleotides, Alphabet.NUCLEOTIDE).faults()).isEmpty();
    assertThat(Fasta.one("ACGEX*", Alphabet.NUCLEOTIDE).faults())
        .containsExactly(
            "not part of a nucleotide sequence: 'E' (line 1, column 4), 'X' (line 1, column 5), '*'"
                + " (line 1, column 6); allowed are A, C, G, T, U and the ambiguity codes R Y S W K"
                + " M B D H V N");
  }

  @Test
  void countsLinesAndColumnsAsSent() {
    assertThat(protein("\uFEFF\r\n\r\n  >a b\r\nMK\r\n  🧬\u00a0V1").faults())
        .containsExactly(
            "not part of a protein sequence: '🧬' (record a, line 5, column 3), U+00A0 (record a,"
                + " line 5, column 4), '1' (record a, line 5, column 6); allowed are the letters A"
                + " to Z");
  }

  @Test
  void namesOnlyTheFirstFewFaultsOfASort() {
    assertThat(protein("MK1234567").faults())
        .singleElement()
        .asString()
        .contains("'5' (line 1, column 7) and 2 more;")
        .doesNotContain("'6'");
  }

  @Test
  void removesTheStopAtTheEnd() {
    Fasta fasta = Fasta.many(">a\nMKV*\n>b\nMK\n*\n\n", Alphabet.PROTEIN);

    assertThat(fasta.value()).isEqualTo(">a\nMKV\n>b\nMK\n");
    assertThat(fasta.faults()).isEmpty();
    assertThat(fasta.warnings())
        .containsExactly(
            "repaired: removed blank lines around it",
            "removed the stop '*' at the end of record a (line 1), record b (line 3)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MK*V", "MK**", "*MK", "MK*\n>b\nM*K"})
  void refusesAStopInside(String sent) {
    assertThat(Fasta.many(">a\n" + sent, Alphabet.PROTEIN).faults())
        .singleElement()
        .asString()
        .startsWith("a stop inside the sequence: '*' (record ");
  }

  @Test
  void takesAnAlignmentForWhatItIs() {
    assertThat(protein("MK--V").faults())
        .containsExactly(
            "gaps: '-' (line 1, column 3), '-' (line 1, column 4); this looks like an aligned"
                + " sequence: remove the gaps");
  }

  @Test
  void keepsHeadersAndLinesOfManyRecords() {
    Fasta fasta =
        Fasta.many(">a first, with = signs \r\nMK V\r\n\r\nLS\r\n>b\r\nmkv", Alphabet.PROTEIN);

    assertThat(fasta.value()).isEqualTo(">a first, with = signs \nMK V\n\nLS\n>b\nmkv\n");
    assertThat(fasta.faults()).isEmpty();
  }

  @Test
  void givesABareSequenceAHeaderWhereRecordsAreNeeded() {
    Fasta fasta = Fasta.many("MKV\nLSP", Alphabet.PROTEIN);

    assertThat(fasta.value()).isEqualTo(">query\nMKV\nLSP\n");
    assertThat(fasta.warnings()).containsExactly("no header line: called the sequence query");
  }

  @Test
  void refusesARecordWithoutASequence() {
    assertThat(Fasta.many(">a\nMK\n\n>b\n \n>c\n*\n>\nMK\n>", Alphabet.PROTEIN).faults())
        .containsExactly(
            "no sequence in record b (line 4), record c (line 6), a record without"
                + " a name (line 10)");
    assertThat(protein("*").faults()).containsExactly("no sequence in what was sent");
  }

  @Test
  void refusesTextBeforeTheFirstHeader() {
    assertThat(protein("\nHello!\nthere\n>a\nMK").faults())
        .containsExactly("line 2: text before the first header, in line 4");
  }

  @Test
  void explainsHowAHeaderLostItsSequence() {
    assertThat(protein("\n>sp|P68871|HBB_HUMAN Hemoglobin subunit betaMVHLTPEEK\n").faults())
        .singleElement()
        .asString()
        .startsWith("line 2: a header with no sequence after it")
        .contains("curl --data-binary @file");
  }

  @Test
  void saysWhichRecordIsOneTooMany() {
    assertThat(protein("\n>a\nMK\n>b\nMK\n>c\nMK").faults())
        .containsExactly(
            "line 4: a second record begins here; this input takes one record, and there are 3");
  }

  private static Fasta protein(String sent) {
    return Fasta.one(sent, Alphabet.PROTEIN);
  }
}
