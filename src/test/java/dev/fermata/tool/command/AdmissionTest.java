package dev.fermata.tool.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fermata.kind.Format;
import dev.fermata.kind.InvalidInput;
import dev.fermata.kind.JobHandler;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  @Test
  void aValueMayNotTurnAnArgumentIntoAnOption() {
    assertRefused(Kind.with("a", "b").command("cat", "{a}{b}"), Map.of("a", "", "b", "-n"), "b");
    assertRefused(Kind.with("a", "b").command("cat", "{a}{b}"), Map.of("a", "-", "b", "n"), "a");
    var literalFirst = Kind.with("a").command("cat", "-{a}", "--to={a}", "x{a}");
    assertTaken(literalFirst, Map.of("a", "-n"));
    assertTaken(Kind.with("a").files(Map.of("f", "{a}")).command("cat"), Map.of("a", "-n"));
  }

  @Test
  void aNulIsRefusedInAnyInput() {
    assertRefused(Kind.with("a").command("cat"), Map.of("a", "x\0y"), "a");
    assertRefused(
        Kind.with().input("f", Format.FILE).command("cat", "{f}"), Map.of("f", "x\0y"), "f");
  }

  @Test
  void aLineBreakIsRefusedInTheCommandOnly() {
    for (String value : new String[] {"x\ny", "x\r", "\n"}) {
      assertRefused(Kind.with("a").command("cat", "-{a}"), Map.of("a", value), "a");
      assertTaken(
          Kind.with("a")
              .files(Map.of("f", "{a}"))
              .environment(Map.of("A", "{a}"))
              .command("cat", "f"),
          Map.of("a", value));
    }
    assertTaken(
        Kind.with().input("f", Format.FILE).command("cat", "{f}"), Map.of("f", "-two\nlines"));
  }

  @Test
  void whatLinuxTakesInOneArgumentIsTheLimit() {
    assertTaken(Kind.with("a").command("cat", "{a}"), Map.of("a", "x".repeat(131_071)));
    assertRefused(Kind.with("a").command("cat", "{a}"), Map.of("a", "x".repeat(131_072)), "a");
  }

  @Test
  void brokenBase64IsRefused() {
    var handler = Kind.with().input("f", Format.FILE).command("cat", "{f}");
    assertRefused(handler, Map.of("f", "data:;base64,a*"), "f");
  }

  private static void assertTaken(JobHandler handler, Map<String, String> inputs) {
    assertThatCode(() -> handler.check(inputs)).doesNotThrowAnyException();
  }

  private static void assertRefused(JobHandler handler, Map<String, String> inputs, String input) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> handler.check(inputs))
        .matches(e -> e.faults().size() == 1 && e.faults().getFirst().input().equals(input));
  }
}
