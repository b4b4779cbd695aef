package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.kind.Format;
import dev.fermata.kind.Input;
import dev.fermata.kind.Records;
import dev.fermata.web.InputSchema.Property;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds tell people in their own words what an input takes. */
class InputSchemaTest {

  private static Property text(@Nullable String pattern, long maxBytes, boolean primary) {
    @Nullable Pattern compiled = pattern == null ? null : Pattern.compile(pattern);
    return Property.of(
        new Input("x", false, primary, Format.TEXT, null, compiled, maxBytes, Records.ONE));
  }

  @ParameterizedTest
  @CsvSource({"1, 1 bytes", "1000, 1000 bytes", "2048, 2 KB", "1048576, 1 MB", "16777216, 16 MB"})
  void sizeIsAsSettingsWriteIt(long bytes, String words) {
    assertThat(text(null, bytes, false).description()).isEqualTo("Text; at most " + words + ".");
  }

  @Test
  void patternSaysMoreThanASize() {
    Property property = text("[a-z]{1,9}", 1024, false);

    assertThat(property.description()).isEqualTo("Text that matches [a-z]{1,9}.");
    assertThat(property.pattern()).isEqualTo("^(?:[a-z]{1,9})$");
    assertThat(property.maxLength()).isEqualTo(1024);
  }

  @Test
  void whatARawBodyFillsIsSaidBesideIt() {
    assertThat(text(null, 1, true).comment()).isEqualTo("A raw body fills it.");
    assertThat(text(null, 1, false).comment()).isNull();
  }
}
