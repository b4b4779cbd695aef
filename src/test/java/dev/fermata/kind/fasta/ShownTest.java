package dev.fermata.kind.fasta;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {

  @Test
  void namesWhatCannotBeSeen() {
    assertThat(Shown.character('\u00a0')).isEqualTo("U+00A0");
    assertThat(Shown.character('é')).isEqualTo("'é'");
    assertThat(Shown.text("a b\n\u202ec")).isEqualTo("a bU+000AU+202Ec");
  }

  @Test
  void cutsWhatIsLong() {
    assertThat(Shown.text("x".repeat(40))).isEqualTo("x".repeat(40));
    assertThat(Shown.text("🧬".repeat(41))).isEqualTo("🧬".repeat(40) + "...");
  }
}
