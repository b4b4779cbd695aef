package dev.fermata.tool.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fermata.kind.Format;
import dev.fermata.kind.JobHandler;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class DeclarationTest {

  @Test
  void anUnknownInputIsNamedWithItsPlaceAndTheNearestName() {
    assertRefused(
        () -> Kind.with("query_name", "query_sequence").command("cat", "{query_sequenze}"),
        "kind test, command[1]: there is no input {query_sequenze},"
            + " did you mean {query_sequence}?");
    assertRefused(
        () -> Kind.with("query").files(Map.of("q.fa", "{qery}")).command("cat"),
        "kind test, files.q.fa: there is no input {qery}, did you mean {query}?");
    assertRefused(
        () -> Kind.with("query").environment(Map.of("Q", "{qery}")).command("cat"),
        "kind test, environment.Q: there is no input {qery}");
  }

  @Test
  void anOpenBraceIsRefused() {
    assertRefused(() -> Kind.with().command("awk", "{print"), "command[1]: a { is not closed");
  }

  @Test
  void theProgramIsTheDeployersChoice() {
    assertRefused(() -> Kind.with().command(), "command: names no program");
    assertRefused(() -> Kind.with().command(" "), "command: names no program");
    assertRefused(() -> Kind.with("program").command("{program}"), "command[0]: is the program");
    assertRefused(() -> Kind.with().command("bin/tool"), "command[0]: is neither a name");
    assertRefused(
        () -> Kind.with("p").environment(Map.of("PATH", "/opt/{p}")).command("cat"),
        "environment.PATH: says where programs find code");
    for (String name : new String[] {"LD_PRELOAD", "PYTHONPATH", "PERL5LIB", "JAVA_OPTS"}) {
      assertRefused(
          () -> Kind.with("p").environment(Map.of(name, "{p}")).command("cat"),
          "environment." + name + ": says where programs find code or options");
    }
  }

  @Test
  void anOptionsNameIsTheDeployersChoice() {
    for (String element : new String[] {"-{a}", "--{a}", "--no-{a}=x", "@{a}"}) {
      assertRefused(
          () -> Kind.with("a").command("cat", element),
          "command[1]: lets clients name an option; write it out");
    }
    for (String element : new String[] {"-t{a}", "--to={a}", "--to:{a}", "{a}", "--", "-"}) {
      assertThat(Kind.with("a").command("cat", element)).isNotNull();
    }
  }

  @Test
  void aFilesNameIsTheDeployersChoice() {
    assertRefused(
        () -> Kind.with("a").files(Map.of("{a}.fa", "")).command("cat"),
        "files.{a}.fa: takes no {input}, as no client names a file");
    assertRefused(
        () -> Kind.with("a").result("file:out/{a}").command("cat"), "result: takes no {input}");
    assertRefused(
        () -> Kind.with("a").environment(Map.of("{a}", "")).command("cat"),
        "environment.{a}: is no name for a variable");
  }

  @Test
  void aDefaultThatEveryJobWouldBeRefusedForIsRefused() {
    assertRefused(
        () -> Kind.with().byDefault("a", "/data/db").command("cat", "{a}"),
        "inputs.a: a job without it would be refused: A program would read it as a path");
    assertRefused(
        () -> Kind.with().byDefault("a", "-n").command("cat", "{a}"),
        "inputs.a: a job without it would be refused: It must not begin with '-'");
    assertRefused(() -> Kind.with("a").command("cat", "{a}/x"), "inputs.a: a job without it");
  }

  @Test
  void filesStayInsideTheDirectoryAndLeaveTheServersAlone() {
    for (String name : new String[] {"/etc/passwd", "../x", "a/../../x", "", ".", "a/./b"}) {
      assertRefused(
          () -> Kind.with().files(Map.of(name, "")).command("cat"),
          "is no path inside the experiment directory: '" + name + "'");
      assertRefused(
          () -> Kind.with().result("file:" + name).command("cat"),
          "result: is no path inside the experiment directory: '" + name + "'");
    }
    for (String name : new String[] {"stdout", "stderr", "tmp/x"}) {
      assertRefused(
          () -> Kind.with().files(Map.of(name, "")).command("cat"), "a name that is the server's");
    }
    assertRefused(
        () -> Kind.with().input("stderr", Format.FILE).command("cat"), "inputs.stderr: takes");
  }

  @Test
  void oddSettingsAreRefused() {
    assertRefused(() -> Kind.with().niceness(20).command("cat"), "niceness: goes from 0 to 19");
    assertRefused(() -> Kind.with().niceness(-1).command("cat"), "niceness: goes from 0 to 19");
    assertRefused(() -> Kind.with().result("hits").command("cat"), "result: is neither stdout nor");
    assertRefused(
        () -> Kind.with().environment(Map.of("A-B", "")).command("cat"), "no name for a variable");
    assertRefused(
        () -> Kind.with().environment(Map.of("FERMATA_JOB_ID", "")).command("cat"),
        "the server's to set");
  }

  @Test
  void limitsWithWhichNoProgramBeginsAreRefused() {
    assertRefused(() -> limited(16_777_215L, 1000, 1, 1, 16), "limits.memory: is at least 16MB");
    assertRefused(() -> limited(16_777_216L, 999, 1, 1, 16), "limits.cpu: is at least 1s");
    assertRefused(() -> limited(16_777_216L, 1000, 0, 1, 16), "limits.processes: is at least 1");
    assertRefused(() -> limited(16_777_216L, 1000, 1, 0, 16), "limits.file-size: is at least 1B");
    assertRefused(() -> limited(16_777_216L, 1000, 1, 1, 15), "limits.open-files: is at least 16");
    assertThat(limited(16_777_216L, 1000, 1, 1, 16)).isNotNull();
  }

  private static JobHandler limited(
      long memory, long cpuMillis, int processes, long fileSize, int openFiles) {
    return Kind.with()
        .limits(
            new ProcessLimits(
                DataSize.ofBytes(memory),
                Duration.ofMillis(cpuMillis),
                processes,
                DataSize.ofBytes(fileSize),
                openFiles))
        .command("cat");
  }

  @Test
  void aMissingProgramMakesTheKindUnavailable() {
    assertThat(Kind.with().command("cat").unavailable()).isEmpty();
    assertThat(Kind.with().command("/bin/cat").unavailable()).isEmpty();
    assertThat(Kind.with().command("no-such-program").unavailable())
        .hasValue(
            "The program 'no-such-program' is not installed on the server: apt-get install it");
    assertThat(Kind.with().command("/etc/passwd").unavailable()).isPresent();
    assertThat(Kind.with().command("rev query.txt").unavailable())
        .get()
        .asString()
        .contains("list");
    assertThat(Kind.with().environment(Map.of("PATH", "/nowhere")).command("cat").unavailable())
        .isPresent();
  }

  private static void assertRefused(Supplier<JobHandler> creation, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(creation::get)
        .withMessageStartingWith("kind test, ")
        .withMessageContaining(complaint);
  }
}
