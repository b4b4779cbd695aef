package dev.fermata.tool.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fermata.job.Reason;
import dev.fermata.kind.JobFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What a program takes of the machine has limits that the kernel holds. */
@Timeout(60)
class ProcessLimitsTest {

  private static final ProcessLimits MEMORY =
      new ProcessLimits(DataSize.ofMegabytes(64), null, null, null, null);
  private static final ProcessLimits CPU =
      new ProcessLimits(null, Duration.ofSeconds(1), null, null, null);
  private static final ProcessLimits FILE_SIZE =
      new ProcessLimits(null, null, null, DataSize.ofBytes(1000), null);
  private static final ProcessLimits OPEN_FILES = new ProcessLimits(null, null, null, null, 16);

  @TempDir Path directory;

  @Test
  void theProgramIsHeldToAllOfThem() throws Exception {
    var limits =
        new ProcessLimits(
            DataSize.ofMegabytes(100),
            Duration.ofMillis(90_001),
            77,
            DataSize.ofKilobytes(100),
            33);
    String held = limitsOf(Kind.with().limits(limits));
    assertThat(limit(held, "Max address space")).isEqualTo("104857600 104857600");
    assertThat(limit(held, "Max cpu time")).as("a warning, and the end").isEqualTo("91 92");
    assertThat(limit(held, "Max processes")).isEqualTo("77 77");
    assertThat(limit(held, "Max file size")).isEqualTo("102400 102400");
    assertThat(limit(held, "Max open files")).isEqualTo("33 33");
    assertThat(limit(held, "Max core file size")).isEqualTo("0 0");
  }

  @Test
  void withoutLimitsItHasTheServersButForOutputAndCores() throws Exception {
    String server = Files.readString(Path.of("/proc/self/limits"));
    String held = limitsOf(Kind.with().outputLimit(DataSize.ofMegabytes(1)));
    for (String name : new String[] {"Max address space", "Max cpu time", "Max processes"}) {
      assertThat(limit(held, name)).as(name).isEqualTo(limit(server, name));
    }
    assertThat(limit(held, "Max file size")).isEqualTo("1049088 1049088");
    assertThat(limit(held, "Max core file size")).isEqualTo("0 0");
  }

  @Test
  void noFileGrowsBeyondWhatAllOfThemMayHold() throws Exception {
    var limits = new ProcessLimits(null, null, null, DataSize.ofGigabytes(1), null);
    String held = limitsOf(Kind.with().limits(limits).outputLimit(DataSize.ofMegabytes(1)));
    assertThat(limit(held, "Max file size")).isEqualTo("1049088 1049088");
  }

  @Test
  void aProgramThatTakesTooLongOnAProcessorIsEnded() {
    assertFails(Kind.with().limits(CPU), "while :; do :; done", 152)
        .hasMessage("Exit code 152: processor time limit (SIGXCPU). The kind's limits.cpu is 1s.");
  }

  @Test
  void aProgramThatDoesNotHeedTheWarningIsKilled() {
    assertFails(Kind.with().limits(CPU), "trap '' XCPU; while :; do :; done", 137)
        .hasMessageContaining("(SIGKILL)")
        .hasMessageEndingWith("The kind's limits.cpu is 1s.");
  }

  @Test
  void aProgramThatTakesTooMuchMemoryFails() {
    assertFails(Kind.with().limits(MEMORY), "exec dd if=/dev/zero of=/dev/null bs=1G count=1", 1)
        .hasMessageStartingWith("Exit code 1. The kind's limits.memory is 67108864B. Its last")
        .hasMessageContaining("memory exhausted");
  }

  @Test
  void aFileOfMoreThanItsSizeEndsTheProgram() {
    assertFails(Kind.with().limits(FILE_SIZE), "exec head -c 2000 /dev/zero", 153)
        .hasMessage(
            "Exit code 153: file size limit (SIGXFSZ). The kind's limits.file-size is 1000B.");
    assertThat(directory.resolve("stdout")).hasSize(1024);
  }

  @Test
  void moreOpenFilesThanThatCanNotBeOpened() {
    String files = "/dev/null ".repeat(20);
    assertFails(Kind.with().limits(OPEN_FILES), "exec paste " + files, 1)
        .hasMessageContaining("The kind's limits.open-files is 16.")
        .hasMessageContaining("Too many open files");
  }

  @Test
  void aFailureThatTellsOfNoLimitNamesNone() {
    var all =
        new ProcessLimits(
            DataSize.ofGigabytes(9), Duration.ofHours(1), 9999, DataSize.ofMegabytes(1), 99);
    assertFails(Kind.with().limits(all), "echo bad input >&2; exit 3", 3)
        .hasMessage("Exit code 3. Its last words: bad input");
  }

  private String limitsOf(Kind kind) throws Exception {
    var run = new Trail(directory, Map.of());
    kind.command("cat", "/proc/self/limits").run(run);
    return run.file("stdout");
  }

  /** The soft and the hard limit. */
  private static String limit(String limits, String name) {
    String[] fields =
        limits
            .lines()
            .filter(line -> line.startsWith(name + " "))
            .findFirst()
            .orElseThrow()
            .substring(name.length())
            .strip()
            .split(" +", -1);
    return String.join(" ", Arrays.copyOf(fields, 2));
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      Kind kind, String script, int code) {
    @Nullable JobFailed failed =
        catchThrowableOfType(
            JobFailed.class, () -> kind.script(script).run(new Trail(directory, Map.of())));
    assertThat(failed).as("it fails").isNotNull();
    assertThat(failed.reason()).isEqualTo(Reason.EXIT_CODE);
    assertThat(failed.returnCode()).isEqualTo(code);
    return assertThat(failed);
  }
}
