package dev.fermata.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.kind.InvalidInput.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for anything that may be sent. */
class HostileInputsTest {

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");
  private static final List<String> PIECES =
      List.of(
          ">",
          ">a\n",
          ">b c\r\n",
          "\n",
          "\r",
          "\r\n",
          " ",
          "\t",
          "\uFEFF",
          "*",
          "-",
          "MKV",
          "acgt",
          "ACGTTGCAACGT",
          "1",
          "🧬",
          "\u001b",
          "\u0000",
          "\ud800",
          "\u00a0",
          "\u2028",
          "{\"a\":1}");

  @ParameterizedTest
  @EnumSource(Format.class)
  void areAcceptedOnceAndForAllOrRefused(Format format) {
    var random = new Random(42);
    for (Records records : Records.values()) {
      var inputs = Declared.search(format, records);
      for (int i = 0; i < 3_000; i++) {
        checkTwice(inputs, given(random));
      }
    }
  }

  private static Map<String, String> given(Random random) {
    var given = new HashMap<String, String>();
    given.put("query_sequence", anything(random, 1 + random.nextInt(12)));
    if (random.nextInt(4) == 0) {
      given.put("query_name", anything(random, random.nextInt(3)));
    }
    return given;
  }

  private static String anything(Random random, int pieces) {
    var sent = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      sent.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return sent.toString();
  }

  private static void checkTwice(Inputs inputs, Map<String, String> given) {
    Map<String, String> values;
    try {
      values = inputs.check(given).values();
    } catch (InvalidInput e) {
      assertThat(e.faults()).isNotEmpty();
      assertThat(e.getMessage()).doesNotContainPattern(INVISIBLE);
      return;
    }
    assertThat(inputs.check(values).values()).as(given.toString()).isEqualTo(values);
  }

  @RepeatedTest(50)
  void haveTheirFirstStrayCharacterFoundWhereItIs(RepetitionInfo info) {
    var random = new Random(info.getCurrentRepetition());
    int line = 2 + random.nextInt(50);
    int column = 1 + random.nextInt(60);
    String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
    String sent =
        ">a" + end + ("MKLV".repeat(15) + end).repeat(line - 2) + "L".repeat(column - 1) + "?MK";

    var inputs = Declared.search(Format.PROTEIN, Records.ONE);
    InvalidInput refused =
        Assertions.assertThrows(InvalidInput.class, () -> inputs.check(inputs.raw(sent)));

    assertThat(refused.faults())
        .extracting(Fault::detail)
        .singleElement()
        .asString()
        .contains("'?' (record a, line " + line + ", column " + column + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"MKVL\r\n", ">a\nM\n", "*", "?", ">\n", "\n", " ", "M*", "-\n", "\n>", "🧬"})
  void areReadInTimeThatGrowsWithTheirLengthOnly(String piece) {
    String sent = piece.repeat(16_000_000 / piece.length()) + "🧬"; // not even Latin-1
    var inputs = Declared.search(Format.PROTEIN, Records.MANY);

    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          try {
            inputs.check(inputs.raw(sent));
          } catch (InvalidInput e) {
            assertThat(e.getMessage()).hasSizeLessThan(1_500);
          }
        });
  }

  @Test
  void areLargeAndStillRead() {
    String fasta = ">chr1\r\n" + ("ACGTRYNN".repeat(10) + "\r\n").repeat(200_000);
    var inputs = Declared.search(Format.NUCLEOTIDE, Records.ONE);

    Map<String, String> values = inputs.check(inputs.raw(fasta)).values();

    assertThat(values.getOrDefault("query_sequence", "")).hasSize(16_000_000);
    assertThat(values).containsEntry("query_name", "chr1");
  }
}
