package dev.fermata.kind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fermata.kind.Inputs.Checked;
import dev.fermata.kind.InvalidInput.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as people really send them. */
class BrokenFilesTest {

  private static final String GLOBIN = "MVLSPADKTNVKAAWGKVGAHAGEYGAEALERMFLSFPTTKTYFPHF";

  private final Inputs one = Declared.search(Format.PROTEIN, Records.ONE);
  private final Inputs many = Declared.search(Format.PROTEIN, Records.MANY);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          bad_chars      ; '@' (record seq1, line 2, column 9)
          bad_chars      ; '1' (record seq1, line 2, column 4)
          bad_chars      ; '#' (record seq1, line 2, column 10)
          binary         ; holds a NUL (U+0000) at line 1, column 8; this looks binary
          dna_in_protein ; record dna (line 1) looks like DNA: 64 of 64 letters are A, C, G, T or N
          dup_ids        ; line 3: a second record begins here; this input takes one record, and there are 2
          empty          ; is empty
          garbage        ; '!' (line 1, column 32)
          header_only    ; --data-binary
          stop_gap       ; a stop inside the sequence: '*' (record a, line 2, column 22)
          stop_gap       ; gaps: '-' (record a, line 2, column 28)
          """)
  void areRefusedWithWhatIsWrongAndWhere(String file, String detail) throws IOException {
    String sent = read(file);

    var refused = catchThrowableOfType(InvalidInput.class, () -> one.check(one.raw(sent)));

    assertThat(refused.faults()).extracting(Fault::input).containsOnly("query_sequence");
    assertThat(refused.getMessage())
        .contains(detail)
        .hasSizeLessThan(600)
        .doesNotContainPattern("\\p{Cntrl}");
  }

  @ParameterizedTest
  @CsvSource({
    "bom, a, query_sequence: repaired: removed the byte order mark",
    "crlf, a, query_sequence: repaired: changed CRLF or CR line ends to LF",
    "no_header, query,",
  })
  void areRepairedWithAWarning(String file, String name, @Nullable String warning)
      throws IOException {
    Checked checked = one.check(one.raw(read(file)));

    assertThat(checked.values())
        .containsEntry("query_name", name)
        .containsEntry("query_sequence", GLOBIN);
    assertThat(checked.warnings()).isEqualTo(Stream.ofNullable(warning).toList());
  }

  @Test
  void keepLowerCase() throws IOException {
    assertThat(one.check(one.raw(read("lower"))).values())
        .containsEntry("query_sequence", "mvlspadktnvkaawgkvgahageygaealermflsfpttktyfphf");
  }

  @Test
  void mayHoldTwoRecordsOfOneNameWhereManyAreTaken() throws IOException {
    Checked checked = many.check(many.raw(read("dup_ids")));

    assertThat(checked.values()).containsEntry("query_sequence", read("dup_ids"));
    assertThat(checked.warnings())
        .containsExactly(
            "query_sequence: more than one record of the same name: record a (line 3)");
  }

  private static String read(String file) throws IOException {
    try (InputStream in = BrokenFilesTest.class.getResourceAsStream("broken/" + file + ".fasta")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }
}
