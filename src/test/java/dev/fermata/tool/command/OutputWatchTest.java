package dev.fermata.tool.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fermata.job.Reason;
import dev.fermata.kind.JobFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

@Timeout(60)
class OutputWatchTest {

  @TempDir Path directory;

  @Test
  void exactlyTheLimitsAreTaken() throws Exception {
    Files.createDirectories(directory.resolve("a/b"));
    Files.writeString(directory.resolve("a/b/c"), "12345");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("/"));
    assertThat(watch(5, 4).exceeded()).isFalse();
    assertThat(watch(4, 4).exceeded()).isTrue();
    assertThat(watch(5, 3).exceeded()).isTrue();
  }

  @Test
  void whichLimitItWasIsSaid() throws Exception {
    Files.writeString(directory.resolve("a"), "12345");
    assertThat(failure(watch(4, 9)))
        .hasMessage("The program wrote more than the limit of 4 bytes (limits.output).");
    Files.createDirectory(directory.resolve("b"));
    assertThat(failure(watch(9, 1)))
        .hasMessage(
            "The program made more than the limit of 1 files and directories (limits.files).");
    assertThat(failure(watch(9, 1)).returnCode()).isEqualTo(7);
    assertThat(failure(watch(9, 1)).reason()).isEqualTo(Reason.OUTPUT_LIMIT);
  }

  @Test
  void whatWasTooMuchOnceStaysSo() throws IOException {
    Path file = Files.writeString(directory.resolve("a"), "12345");
    OutputWatch watch = watch(4, 9);
    assertThat(watch.exceeded()).isTrue();
    Files.delete(file);
    assertThat(watch.exceeded()).as("a program may clean up as it is ended").isTrue();
  }

  @Test
  void directoriesHaveSoManyLevels() throws IOException {
    Path deep = directory.resolve("x/".repeat(99));
    Files.createDirectories(deep);
    Files.writeString(deep.resolve("file"), "");
    assertThat(watch(9, 1000).exceeded()).isFalse();
    Files.createDirectory(deep.resolve("x"));
    OutputWatch watch = watch(9, 1000);
    assertThat(watch.exceeded()).isTrue();
    assertThat(failure(watch)).hasMessageContaining("more than 100 levels");
  }

  @Test
  void aDirectoryThatIsGoneHoldsNothing() throws IOException {
    Files.delete(directory);
    assertThat(watch(0, 0).exceeded()).isFalse();
    Files.createDirectory(directory);
  }

  @Test
  void aProgramThatMakesTooManyFilesIsEnded() {
    var kind = Kind.with().fileLimit(50);
    JobFailed failed =
        catchThrowableOfType(
            JobFailed.class,
            () ->
                kind.script("i=0; while :; do i=$((i+1)); mkdir d$i; done")
                    .run(new Trail(directory, Map.of())));
    assertThat(failed.reason()).isEqualTo(Reason.OUTPUT_LIMIT);
    assertThat(failed).hasMessageContaining("limit of 50 files and directories");
    assertThat(failed.returnCode()).isEqualTo(143);
  }

  @Test
  void aProgramThatEndsBeforeAnybodyLooksIsHeldToItToo() {
    var kind = Kind.with().fileLimit(5);
    JobFailed failed =
        catchThrowableOfType(
            JobFailed.class,
            () -> kind.command("touch", "a", "b", "c").run(new Trail(directory, Map.of())));
    assertThat(failed.reason()).isEqualTo(Reason.OUTPUT_LIMIT);
    assertThat(failed.returnCode()).isZero();
  }

  @Test
  void theLongerALookTakesTheRarerItIs() {
    assertThat(Execution.pauseAfter(Duration.ZERO)).isEqualTo(Duration.ofMillis(200));
    assertThat(Execution.pauseAfter(Duration.ofMillis(20))).isEqualTo(Duration.ofMillis(200));
    assertThat(Execution.pauseAfter(Duration.ofMillis(300))).isEqualTo(Duration.ofSeconds(3));
  }

  private OutputWatch watch(long bytes, int files) {
    return new OutputWatch(
        directory, new OutputLimits(DataSize.ofBytes(bytes), files, DataSize.ofBytes(0)));
  }

  private static JobFailed failure(OutputWatch watch) {
    assertThat(watch.exceeded()).isTrue();
    return watch.failure(7);
  }
}
