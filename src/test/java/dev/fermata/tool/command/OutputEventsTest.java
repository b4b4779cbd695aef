package dev.fermata.tool.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Event.Chunk;
import dev.fermata.kind.JobFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

@Timeout(60)
class OutputEventsTest {

  @TempDir Path directory;
  private Trail run;

  @BeforeEach
  void open() {
    run = new Trail(directory, Map.of());
  }

  @Test
  void whatAProgramWritesIsGivenOutWhileItRuns() throws Exception {
    var ended = start("echo one; echo two >&2; until [ -e go ]; do sleep 0.02; done; printf é");
    Eventually.holds(
        () -> run.given("stdout").equals("one\n") && run.given("stderr").equals("two\n"));
    assertThat(ended).isNotDone();
    Files.createFile(directory.resolve("go"));
    ended.get(30, TimeUnit.SECONDS);
    assertThat(run.given("stdout")).isEqualTo("one\né").isEqualTo(run.file("stdout"));
  }

  @Test
  void aCharacterIsNeverParted() throws Exception {
    var ended =
        start("printf 'a\\342'; until [ -e go ]; do sleep 0.02; done; printf '\\230\\203b'");
    Eventually.holds(() -> run.given("stdout").equals("a"));
    Files.createFile(directory.resolve("go"));
    ended.get(30, TimeUnit.SECONDS);
    assertThat(run.given("stdout")).isEqualTo("a☃b");
  }

  @Test
  void whatIsNotTextIsReplacedInEventsOnly() throws Exception {
    Kind.with().script("printf 'a\\377b\\0c\\342\\230'").run(run);
    assertThat(run.given("stdout")).isEqualTo("a\uFFFDb\0c\uFFFD");
    assertThat(directory.resolve("stdout"))
        .hasBinaryContent(new byte[] {'a', (byte) 0xff, 'b', 0, 'c', (byte) 0xe2, (byte) 0x98});
  }

  @Test
  void muchTextComesInPiecesAndWhole() throws Exception {
    Kind.with()
        .script("i=0; while [ $i -lt 20000 ]; do echo \"☃ $i é\"; i=$((i+1)); done")
        .run(run);
    assertThat(run.given("stdout")).isEqualTo(run.file("stdout"));
    assertThat(run.chunks).hasSizeGreaterThan(3).allMatch(chunk -> bytes(chunk) <= 64 * 1024);
    assertThat(run.warnings).isEmpty();
  }

  @Test
  void tooMuchIsInTheFileOnly() throws Exception {
    var kind = Kind.with().eventLimit(DataSize.ofKilobytes(100));
    kind.script("head -c 100000 /dev/zero | tr '\\0' x >&2; head -c 5000 /dev/zero | tr '\\0' y")
        .run(run);
    Chunk last = run.chunks.getLast();
    assertThat(last.text()).isEqualTo("\n[The rest is in the files 'stdout' and 'stderr' only.]\n");
    assertThat(
            run.chunks.stream()
                .filter(chunk -> !chunk.equals(last))
                .mapToInt(OutputEventsTest::bytes)
                .sum())
        .isEqualTo(100 * 1024);
    assertThat(run.warnings).singleElement().asString().contains("'stdout' and 'stderr'");
    assertThat(run.file("stderr")).hasSize(100_000);
    assertThat(run.file("stdout")).hasSize(5000);
  }

  @Test
  void exactlyTheLimitIsAllOfIt() throws Exception {
    var kind = Kind.with().eventLimit(DataSize.ofBytes(4));
    kind.script("printf abcd").run(run);
    assertThat(run.chunks).containsExactly(new Chunk("stdout", "abcd"));
    assertThat(run.warnings).isEmpty();
  }

  @Test
  void theEndOfAStoppedProgramIsGivenOutToo() throws Exception {
    var worker = new CompletableFuture<Thread>();
    var failed =
        CompletableFuture.supplyAsync(
            () -> {
              worker.complete(Thread.currentThread());
              return Assertions.catchThrowableOfType(
                  JobFailed.class,
                  () ->
                      Kind.with()
                          .script("trap 'echo bye; exit 1' TERM; echo hi; while :; do :; done")
                          .run(run));
            });
    Eventually.holds(() -> run.given("stdout").equals("hi\n"));
    assertThat(run.stop(worker.get())).isTrue();
    assertThat(failed.get(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(run.given("stdout")).isEqualTo("hi\nbye\n");
  }

  @Test
  void aProgramThatReplacesItsFileShowsNothingElse() throws Exception {
    Kind.with().script("rm stdout; ln -s /etc/passwd stdout; echo mine").run(run);
    assertThat(run.given("stdout")).isEqualTo("mine\n");
  }

  private CompletableFuture<Void> start(String script) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            Kind.with().script(script).run(run);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private static int bytes(Chunk chunk) {
    return chunk.text().getBytes(UTF_8).length;
  }
}
