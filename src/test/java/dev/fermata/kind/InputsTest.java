package dev.fermata.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fermata.kind.InvalidInput.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputsTest {

  private final Inputs search = Declared.search(Format.PROTEIN, Records.ONE);

  @Test
  void fillsDefaultsAndLeavesOtherOptionalInputsEmptyInDeclaredOrder() {
    var inputs =
        new Inputs(
            List.of(
                Declared.optional("a", Format.NUMBER),
                Declared.text("b", "two", null),
                Declared.text("c", null, "never")));

    Map<String, String> values = inputs.check(Map.of()).values();

    assertThat(values)
        .containsExactly(Map.entry("a", ""), Map.entry("b", "two"), Map.entry("c", ""));
    assertThat(inputs.check(values).values()).isEqualTo(values);
  }

  @Test
  void reportsEverythingAtOnceUnknownNamesFirstThenInDeclaredOrder() {
    var given = new LinkedHashMap<String, String>();
    given.put("query_sequnce", "MK");
    given.put("query_name", "no spaces");

    assertThat(faults(search, given))
        .containsExactly(
            new Fault(
                "query_sequnce", "is not an input of this kind; did you mean query_sequence?"),
            new Fault(
                "query_name",
                "\"no spaces\" must match [A-Za-z0-9_.|:-]{1,200}, and doesn't from character 3"
                    + " (U+0020) on"),
            new Fault("query_sequence", "is required, and was not given"));
  }

  @Test
  void namesOnlyTheFirstOfVeryManyUnknownInputs() {
    Map<String, String> given =
        IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(i -> "x" + i, i -> ""));

    assertThat(faults(search, given))
        .hasSize(22)
        .contains(new Fault("", "and 980 more unknown inputs"));
  }

  @Test
  void showsUnknownNamesWithoutWhatCannotBeSeen() {
    assertThat(faults(new Inputs(List.of()), Map.of("a\u001b\ud800", "")))
        .containsExactly(new Fault("aU+001BU+D800", "is not an input of this kind; it takes none"));
  }

  @ParameterizedTest
  @CsvSource({"héllo, 6", "'🧬🧬', 8"})
  void limitsTheBytesOfUtf8(String value, int size) {
    var fits = new Inputs(List.of(limited(size)));
    var tooSmall = new Inputs(List.of(limited(size - 1)));

    assertThat(fits.check(Map.of("t", value)).values()).containsEntry("t", value);
    assertThat(faults(tooSmall, Map.of("t", value)))
        .containsExactly(new Fault("t", "has " + size + " bytes; the limit is " + (size - 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "'a\u0000b', 'holds a NUL (U+0000) at line 1, column 2; this looks binary, not like text'",
    "'a\n\ud83e', 'is not Unicode: half a surrogate pair at line 2, column 1'",
    "'🧬\udd2c', 'is not Unicode: half a surrogate pair at line 1, column 2'",
  })
  void refusesWhatIsNotText(String value, String detail) {
    for (Format format : Format.values()) {
      var inputs = new Inputs(List.of(Declared.optional("x", format)));
      assertThat(faults(inputs, Map.of("x", value))).containsExactly(new Fault("x", detail));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF a\r\n\tb\u001b \r", " ", "\n"})
  void passesTextOnAsItIs(String value) {
    for (Format format : List.of(Format.TEXT, Format.FILE)) {
      var inputs = new Inputs(List.of(Declared.optional("x", format)));
      assertThat(inputs.check(Map.of("x", value)).values()).containsEntry("x", value);
    }
  }

  @Test
  void survivesAPatternThatIsTooMuchForTheStack() {
    var inputs =
        new Inputs(
            List.of(
                new Input(
                    "x",
                    false,
                    true,
                    Format.TEXT,
                    null,
                    Pattern.compile("(?:a|b)*"),
                    1_000_000,
                    Records.ONE)));

    assertThat(faults(inputs, inputs.raw("ab".repeat(400_000))))
        .containsExactly(new Fault("x", "is too long to be matched with (?:a|b)*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.50", "1e-5", "1E+5", "12345678901234567890", " 7\n"})
  void takesAJsonNumber(String value) {
    var inputs = new Inputs(List.of(Declared.optional("n", Format.NUMBER)));
    assertThat(inputs.check(Map.of("n", value)).values()).containsEntry("n", value.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "+1", ".5", "1.", "1e", "NaN", "0x1", "1 2", "\"1\"", "-", "٣"})
  void refusesOtherNumbers(String value) {
    var inputs = new Inputs(List.of(Declared.optional("n", Format.NUMBER)));
    assertThat(faults(inputs, Map.of("n", value)))
        .containsExactly(new Fault("n", "is not a JSON number: \"" + value + "\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", " [1, {\"a\": null}]\n", "\"\\ud800\"", "true", "-0.5e3"})
  void takesAJsonValueAsItIs(String value) {
    var inputs = new Inputs(List.of(Declared.optional("j", Format.JSON)));
    assertThat(inputs.check(Map.of("j", value)).values()).containsEntry("j", value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"a\": 1,}  ; can't be read as JSON: the fault is at line 1, column 9",
        "[1           ; can't be read as JSON: the fault is at line 1, column",
        "nul          ; can't be read as JSON: the fault is at line 1, column",
        "1 2          ; holds more than one JSON value; the second is at line 1, column 3",
        "' '          ; is empty; a JSON value is needed",
      })
  void saysWhereJsonIsBroken(String value, String detail) {
    var inputs = new Inputs(List.of(Declared.optional("j", Format.JSON)));
    assertThat(faults(inputs, Map.of("j", value)))
        .singleElement()
        .extracting(Fault::detail)
        .asString()
        .startsWith(detail);
  }

  @Test
  void refusesJsonThatNestsTooDeep() {
    var inputs = new Inputs(List.of(Declared.optional("j", Format.JSON)));
    assertThat(faults(inputs, Map.of("j", "[".repeat(900))))
        .extracting(Fault::detail)
        .containsExactly("nests too deep, or holds a number that is too long");
  }

  @Test
  void aRawBodyFillsThePrimaryInput() {
    assertThat(search.raw("MK")).containsExactly(Map.entry("query_sequence", "MK"));
    assertThatThrownBy(() -> new Inputs(List.of(Declared.NAME)).raw("MK"))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("this kind takes no raw body; give its inputs by name: query_name");
  }

  @Test
  void aHeaderFillsTheNameThatWasNotGiven() {
    String fasta = ">sp|P68871|HBB_HUMAN Hemoglobin subunit beta OS=Homo sapiens\nMVHLT\nPEEK\n";

    assertThat(search.check(Map.of("query_sequence", fasta)).values())
        .containsExactly(
            Map.entry("query_name", "sp|P68871|HBB_HUMAN"),
            Map.entry("query_sequence", "MVHLTPEEK"));
    assertThat(search.check(Map.of("query_sequence", fasta, "query_name", "mine")).values())
        .containsEntry("query_name", "mine");
    assertThat(search.check(Map.of("query_sequence", fasta, "query_name", "")).values())
        .containsEntry("query_name", "sp|P68871|HBB_HUMAN");
    assertThat(search.check(Map.of("query_sequence", ">\nMVHLT")).values())
        .containsEntry("query_name", "query");
  }

  @Test
  void aHeaderThatIsNoNameIsAFaultOfTheName() {
    assertThat(faults(search, Map.of("query_sequence", ">HBA/2-141 globin\nMVLSP")))
        .containsExactly(
            new Fault(
                "query_name",
                "the first word of the header, which fills it, \"HBA/2-141\" must match"
                    + " [A-Za-z0-9_.|:-]{1,200}, and doesn't from character 4 ('/') on"));
  }

  @Test
  void anOptionalSequenceMayBeLeftBlank() {
    var inputs = new Inputs(List.of(Declared.optional("s", Format.PROTEIN)));
    assertThat(inputs.check(Map.of("s", " \r\n")).values()).containsEntry("s", "");
    assertThat(faults(search, Map.of("query_sequence", " \n")))
        .containsExactly(new Fault("query_sequence", "is empty; a protein sequence is needed"));
  }

  @Test
  void refusesADeclarationThatMakesNoSense() {
    Input primary = Declared.sequence(Format.PROTEIN, Records.ONE);
    Input other = new Input("b", false, true, Format.TEXT, null, null, 1, Records.ONE);

    assertThatCode(() -> new Inputs(List.of(Declared.NAME, primary))).doesNotThrowAnyException();
    refused("input query_name: this name is declared twice", Declared.NAME, Declared.NAME);
    refused("only one input may be primary, and these are: query_sequence, b", primary, other);
    refused("input 1st: a name must match", Declared.text("1st", null, null));
    refused(
        "input x: its own default is not valid: \"b\" must match a", Declared.text("x", "b", "a"));
    refused("input x: the most bytes that it may hold must be above 0", limited("x", 0));
  }

  private static void refused(String message, Input... declared) {
    assertThatThrownBy(() -> new Inputs(List.of(declared)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private static Input limited(int bytes) {
    return limited("t", bytes);
  }

  private static Input limited(String name, int bytes) {
    return new Input(name, false, false, Format.TEXT, null, null, bytes, Records.ONE);
  }

  private static List<Fault> faults(Inputs inputs, Map<String, String> given) {
    return catchThrowableOfType(InvalidInput.class, () -> inputs.check(given)).faults();
  }
}
