package dev.fermata.tool.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fermata.kind.Format;
import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.InvalidInput;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Records;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

  @Test
  void aValueMayNotTurnAnArgumentIntoAnOption() {
    assertRefused(Kind.with("a", "b").command("cat", "{a}{b}"), Map.of("a", "", "b", "-n"), "b");
    assertRefused(Kind.with("a", "b").command("cat", "{a}{b}"), Map.of("a", "-", "b", "n"), "a");
    var literalFirst = Kind.with("a").command("cat", "-n{a}", "--to={a}", "x{a}");
    assertTaken(literalFirst, Map.of("a", "-n"));
    assertTaken(Kind.with("a").files(Map.of("f", "{a}")).command("cat"), Map.of("a", "-n"));
  }

  @Test
  void aValueMayNotNameAFileOfOptions() {
    assertRefused(Kind.with("a").command("cat", "{a}"), Map.of("a", "@f"), "a");
    assertRefused(Kind.with("a", "b").command("cat", "{a}{b}"), Map.of("a", "", "b", "@f"), "b");
    assertTaken(Kind.with("a").command("cat", "to={a}"), Map.of("a", "@ada"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/etc/passwd",
        "~",
        "~/x",
        "~root",
        "..",
        "../x",
        "x/..",
        "x/../../y",
        "./../x",
        "of=/etc/passwd",
        "x:/etc/passwd",
        "x,/etc/passwd",
        "x=@/etc/passwd",
        "file:///etc/passwd",
        "x=~/y",
        "x=..",
        "x:../y",
        "..:x",
      })
  void aPathThatLeadsOutIsRefusedWhereverItStands(String value) {
    for (String element : List.of("{a}", "--in={a}", "in={a}", "-I{a}", "x:{a}", "d/{a}", "{a}x")) {
      assertRefused(Kind.with("a").command("cat", element), Map.of("a", value), "a");
    }
    assertRefused(
        Kind.with("a").environment(Map.of("A", "{a}")).command("env"), Map.of("a", value), "a");
    assertTaken(Kind.with("a").files(Map.of("f", "{a}")).command("cat", "f"), Map.of("a", value));
  }

  @ParameterizedTest
  @CsvSource({
    "{a}{b}, ., ./x",
    "{a}./x, ., ''",
    "-I.{a}, ./x, ''",
    "x/{a}{b}, ., .",
    "x{a}.., /, ''",
    "{a}/x, '', ''",
    "{a}{b}/x, '', ''",
    "in={a}/x, '', ''",
    "{a}/x, in=, ''",
    "{a}~, '', ''",
  })
  void valuesMayNotBecomeAWayOutTogetherWithWhatStandsBeside(String element, String a, String b) {
    Command command = command(element);
    assertThat(new Admission(command, Map.of("a", a, "b", b)).faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.input()).isEqualTo("a"))
        .satisfies(fault -> assertThat(fault.detail()).contains("path", "files:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "x/y",
        "./x",
        "a.b",
        "...",
        "x..",
        "..x",
        "x..y",
        "1:2,3=4",
        "a@b.c",
        "1/2",
        "a~b",
        "; rm -rf /",
        "$(cat /etc/passwd)",
        "and so on..",
        "{}",
        ""
      })
  void whatStaysInsideIsTaken(String value) {
    for (String element : List.of("{a}", "--in={a}", "../../db/{a}", "/data/..x/{a}", "~/{a}x")) {
      assertThat(new Admission(command(element), Map.of("a", value)).faults()).isEmpty();
    }
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
      assertRefused(Kind.with("a").command("cat", "-n{a}"), Map.of("a", value), "a");
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
    var variable = Kind.with("a").environment(Map.of("NAME", "{a}")).command("env");
    assertTaken(variable, Map.of("a", "x".repeat(131_066)));
    assertRefused(variable, Map.of("a", "x".repeat(131_067)), "a");
    String[] many = Stream.generate(() -> "{a}").limit(20).toArray(String[]::new);
    many[0] = "cat";
    assertRefused(Kind.with("a").command(many), Map.of("a", "x".repeat(110_000)), "");
  }

  @Test
  void brokenBase64IsRefused() {
    var handler = Kind.with().input("f", Format.FILE).command("cat", "{f}");
    assertRefused(handler, Map.of("f", "data:;base64,a*"), "f");
  }

  /** Declared so that it needs its inputs, as else their absence may be the way out. */
  private static Command command(String element) {
    var inputs =
        Stream.of("a", "b")
            .map(name -> new Input(name, true, false, Format.TEXT, null, null, 99, Records.ONE))
            .toList();
    var settings =
        new CommandSettings(
            List.of("cat", element),
            Map.of(),
            Map.of(),
            "stdout",
            List.of(0),
            10,
            ProcessLimits.NONE,
            null);
    return new Declaration("test", new Inputs(inputs)).check(settings);
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
