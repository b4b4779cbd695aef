package dev.fermata.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.kind.Format;
import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.Records;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class BodyFormsTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final Inputs texts =
      new Inputs(List.of(input("name", false, Format.TEXT), input("text", true, Format.TEXT)));
  private final Inputs file = new Inputs(List.of(input("data", true, Format.FILE)));

  @Test
  void aFormOfDeclaredInputsIsThatForm() {
    assertThat(read("name=a+b&text=%C3%A4", FORM)).isEqualTo(Map.of("name", "a b", "text", "ä"));
  }

  @Test
  void anyOtherTextIsRawEvenUnderTheMediaTypeOfForms() {
    assertThat(read("one+two=%zz&three", FORM)).isEqualTo(Map.of("text", "one+two=%zz&three"));
    assertThat(read(">a b\nMKV\n", FORM)).isEqualTo(Map.of("text", ">a b\nMKV\n"));
  }

  @Test
  void aFormThatIsBadlyEncodedNamesTheOptionOfCurl() {
    assertThatThrownBy(() -> read("text=100%", FORM))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("--data-urlencode");
  }

  @Test
  void aFormGivesEachInputOnce() {
    assertThatThrownBy(() -> read("text=a&text=b", FORM)).hasMessageContaining("more than once");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/x-fasta",
        "application/octet-stream",
        "application/fasta",
        "application/x-fasta",
        "chemical/seq-aa-fasta",
        FORM
      })
  void aRawBodyFillsThePrimaryInput(String type) {
    assertThat(read("hello", type)).isEqualTo(Map.of("text", "hello"));
  }

  @Test
  void aBodyWithoutTypeIsRaw() {
    assertThat(read("hello", null)).isEqualTo(Map.of("text", "hello"));
  }

  @Test
  void anotherTypeIsRefusedWithThoseThatAreTaken() {
    assertThatThrownBy(() -> read("x", "image/png"))
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.headers().getFirst("Accept-Post")).isNotBlank());
  }

  @Test
  void aFileTakesAnyType() {
    byte[] bytes = {0, (byte) 0xff, 7};

    Map<String, Given> given = BodyForms.read(new Body(bytes, MediaType.IMAGE_PNG), file);

    assertThat(given.get("data"))
        .isInstanceOfSatisfying(Given.Bytes.class, it -> assertThat(it.bytes()).isEqualTo(bytes));
  }

  @Test
  void theCharsetIsHonoured() {
    var body =
        new Body(
            "ä".getBytes(ISO_8859_1), MediaType.parseMediaType("text/plain;charset=iso-8859-1"));

    assertThat(values(BodyForms.read(body, texts), texts)).isEqualTo(Map.of("text", "ä"));
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    var body = new Body("ä".getBytes(ISO_8859_1), MediaType.TEXT_PLAIN);

    assertThatThrownBy(() -> BodyForms.read(body, texts)).hasMessageContaining("UTF-8");
  }

  @Test
  void eachPartOfAMultipartFormIsAnInput() {
    String parts =
        """
        --b\r
        Content-Disposition: form-data; name="text"; filename="q.fa"\r
        Content-Type: application/octet-stream\r
        \r
        >a\r
        MKV\r
        --b\r
        content-disposition: form-data; name=name\r
        \r
        \r
        --b--\r
        """;

    assertThat(read(parts, "multipart/form-data; boundary=b"))
        .isEqualTo(Map.of("text", ">a\r\nMKV", "name", ""));
  }

  @Test
  void aPartThatIsNoInputIsRefused() {
    String parts = "--b\r\nContent-Disposition: form-data; name=\"txt\"\r\n\r\nx\r\n--b--\r\n";

    assertThatThrownBy(() -> read(parts, "multipart/form-data; boundary=b"))
        .hasMessageContaining("did you mean \"text\"");
  }

  @Test
  void aMultipartBodyThatIsCutIsRefused() {
    assertThatThrownBy(() -> read("--b\r\nContent-Disp", "multipart/form-data; boundary=b"))
        .isInstanceOf(Rejected.class);
  }

  private Map<String, String> read(String body, @Nullable String type) {
    var read =
        BodyForms.read(
            new Body(body.getBytes(UTF_8), type == null ? null : MediaType.parseMediaType(type)),
            texts);
    return values(read, texts);
  }

  private static Map<String, String> values(Map<String, Given> given, Inputs inputs) {
    var values = new LinkedHashMap<String, String>();
    given.forEach((name, value) -> values.put(name, value.as(inputs.find(name).orElseThrow())));
    return values;
  }

  private static Input input(String name, boolean primary, Format format) {
    return new Input(name, false, primary, format, null, null, 1000, Records.ONE);
  }
}
