package dev.fermata.tool.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fermata.job.Answer;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.kind.Format;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.JobHandler;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

@Timeout(60)
class CommandHandlerTest {

  /** The beginning of the human haemoglobin subunit beta: UniProt P68871, CC BY 4.0. */
  private static final String HBB = "MVHLTPEEKSAVTALWGKVNVDEVGGEALGRLLVVYPWTQRFFESFGDLSTPDAVMGNPK";

  @TempDir Path directory;

  @Test
  void theGroupIsDurableBeforeTheProgramBegins() throws Exception {
    var run = run(Map.of());
    Answer answer = Kind.with().command("echo", "hello").run(run);
    assertThat(answer).isEqualTo(new Answer(Result.inline(Result.TEXT, "hello\n"), 0));
    assertThat(run.words).containsExactly("spawned", "settled");
    assertThat(run.warnings).isEmpty();
    assertThat(run.file("stdout")).isEqualTo("hello\n");
    assertThat(run.file("stderr")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b  c", "'\"`", "$(touch x)", "; touch x #", "*", "", "a\\nb", "$1 $@"})
  void eachElementStaysOneArgument(String value) throws Exception {
    Kind.with("a").command("printf", "[%s]", "{a}", "x{a}y").run(run(Map.of("a", value)));
    assertThat(directory.resolve("stdout")).hasContent("[" + value + "][x" + value + "y]");
    assertThat(directory.resolve("x")).doesNotExist();
  }

  @Test
  void anArgumentCanBeInAnyScript() throws Exception {
    String encoding = System.getProperty("sun.jnu.encoding");
    assumeTrue(Charset.forName(encoding).newEncoder().canEncode("é☃"), "a locale of UTF-8");
    Kind.with("a").command("printf", "%s", "{a}").run(run(Map.of("a", "é☃")));
    assertThat(directory.resolve("stdout")).hasContent("é☃");
  }

  @Test
  void bracesCanBeWritten() throws Exception {
    Kind.with("a").command("printf", "%s", "{{a}{a}}{{{{{a}").run(run(Map.of("a", "1")));
    assertThat(directory.resolve("stdout")).hasContent("{a}1}{{1");
  }

  @Test
  void filesAreWrittenBeforeTheStart() throws Exception {
    var kind = Kind.with("name", "sequence").input("raw", Format.FILE);
    kind.files(Map.of("q.fa", ">{name}\n{sequence}\n", "in/deep.txt", "{raw}"));
    byte[] bytes = {0, (byte) 0xff, 10};
    String raw =
        "data:application/octet-stream;base64," + Base64.getEncoder().encodeToString(bytes);
    var run = run(Map.of("name", "HBB", "sequence", "MVHL", "raw", raw));
    kind.command("cat", "q.fa", "in/deep.txt", "{raw}").run(run);
    assertThat(directory.resolve("q.fa")).hasContent(">HBB\nMVHL\n");
    assertThat(directory.resolve("raw")).hasBinaryContent(bytes);
    assertThat(Files.readAllBytes(directory.resolve("stdout")))
        .startsWith(">HBB\nMVHL\nraw".getBytes(UTF_8))
        .endsWith(bytes);
  }

  @Test
  void theEnvironmentHoldsWhatIsPromisedAndNothingElse() throws Exception {
    var run = run(Map.of("a", "1"));
    Kind.with("a").environment(Map.of("DECLARED", "<{a}>", "HOME", "/h")).command("env").run(run);
    var expected =
        new TreeSet<>(
            Arrays.asList(
                "DECLARED=<1>",
                "HOME=/h",
                "PATH=" + System.getenv("PATH"),
                "TMPDIR=" + directory.toAbsolutePath() + "/tmp",
                "MAFFT_TMPDIR=" + directory.toAbsolutePath() + "/tmp",
                "FERMATA_JOB_ID=" + run.job().id(),
                "FERMATA_ATTEMPT=3"));
    if (System.getenv("LANG") != null) {
      expected.add("LANG=" + System.getenv("LANG"));
    }
    assertThat(run.file("stdout").lines()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void standardInputIsClosed() throws Exception {
    assertThat(Kind.with().command("cat").run(run(Map.of())).returnCode()).isZero();
  }

  @Test
  void theProgramIsNice() throws Exception {
    long server = niceness(Files.readString(Path.of("/proc/self/stat")));
    var run = run(Map.of());
    Kind.with().niceness(7).command("cat", "/proc/self/stat").run(run);
    assertThat(niceness(run.file("stdout"))).isEqualTo(Math.min(19, server + 7));
  }

  @ParameterizedTest
  @CsvSource({
    "exit 3, 3, Exit code 3.",
    "kill -9 $$, 137, killed (SIGKILL): out of memory or a limit",
    "kill -TERM $$, 143, terminated",
    "kill -ABRT $$, 134, aborted",
    "kill -SEGV $$, 139, segmentation fault",
  })
  void aReturnCodeIsSaidInWords(String script, int code, String words) throws Exception {
    JobFailed failed = failure(Kind.with().script(script));
    assertThat(failed.reason()).isEqualTo(Reason.EXIT_CODE);
    assertThat(failed.returnCode()).isEqualTo(code);
    assertThat(failed).hasMessageContaining(words);
  }

  @Test
  void aProgramThatCantStartSaysWhy() {
    assertThat(failure(Kind.with().command("no-such-program")))
        .hasMessageStartingWith("Exit code 127: program not found.")
        .hasMessageContaining("no-such-program");
    assertThat(failure(Kind.with().command("/etc/passwd")))
        .hasMessageStartingWith("Exit code 126: the program is not executable.");
  }

  @Test
  void aFailureCarriesTheLastWordsOfStderr() {
    String longLine = "x".repeat(600);
    assertThat(failure(Kind.with().script("echo " + longLine + " >&2; echo bad input >&2; exit 1")))
        .hasMessage("Exit code 1. Its last words: bad input");
  }

  @Test
  void otherCodesCanMeanSuccess() throws Exception {
    var kind = Kind.with().successCodes(0, 3);
    assertThat(kind.script("echo x; exit 3").run(run(Map.of())).returnCode()).isEqualTo(3);
  }

  @Test
  void successWithNothingProducedIsWarnedOf() throws Exception {
    var run = run(Map.of());
    Answer answer = Kind.with().command("true").run(run);
    assertThat(answer).isEqualTo(new Answer(Result.inline(Result.TEXT, ""), 0));
    assertThat(run.warnings).singleElement().asString().contains("produced nothing", "'stdout'");
  }

  @Test
  void aMissingResultFileIsWarnedOf() throws Exception {
    var run = run(Map.of());
    Answer answer = Kind.with().result("file:hits.tsv").command("true").run(run);
    assertThat(answer).isEqualTo(new Answer(null, 0));
    assertThat(run.warnings).singleElement().asString().contains("made no file 'hits.tsv'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ln -s /etc/passwd hits", "mkdir hits", "mkfifo hits", "rm stdout"})
  void onlyARegularFileOfItsOwnIsAResult(String script) throws Exception {
    var kind = Kind.with().result("file:hits");
    assertThat(kind.script(script).run(run(Map.of())).result()).isNull();
  }

  @Test
  void aLinkOnTheWayToTheResultIsNotFollowed() throws Exception {
    var kind = Kind.with().result("file:etc/passwd");
    assertThat(kind.script("ln -s /etc etc").run(run(Map.of())).result()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1} | application/json",
        "' [1, 2] ' | application/json",
        "[1] [2] | text/plain",
        "{\"a\":1 | text/plain",
        "42 | text/plain",
        "\"text\" | text/plain",
        "HBB hit | text/plain"
      })
  void theMediaTypeIsThatOfTheWhole(String text, String mediaType) throws Exception {
    var result =
        Kind.with("a").command("printf", "%s\n", "{a}").run(run(Map.of("a", text))).result();
    assertThat(result).isEqualTo(Result.inline(mediaType, text + "\n"));
  }

  @Test
  void aLongResultStaysInItsFile() throws Exception {
    assertThat(
            Kind.with().script("head -c 65536 /dev/zero | tr '\\0' x").run(run(Map.of())).result())
        .isEqualTo(Result.inline(Result.TEXT, "x".repeat(65536)));
    assertThat(
            Kind.with().script("head -c 65537 /dev/zero | tr '\\0' x").run(run(Map.of())).result())
        .isEqualTo(Result.inFile(Result.TEXT, "stdout"));
    var json = Kind.with().script("printf '[\"'; head -c 99999 /dev/zero | tr '\\0' x; echo '\"]'");
    assertThat(json.run(run(Map.of())).result()).isEqualTo(Result.inFile(Result.JSON, "stdout"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\377\\001", "a\\000b"})
  void whatIsNotTextStaysInItsFile(String bytes) throws Exception {
    assertThat(Kind.with().command("printf", bytes).run(run(Map.of())).result())
        .isEqualTo(Result.inFile(Result.BINARY, "stdout"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "yes >&2", "yes > file", "trap '' XFSZ; yes 2>&-; sleep 100"})
  void aProgramThatWritesTooMuchIsEnded(String script) throws Exception {
    var limit = DataSize.ofKilobytes(200);
    JobFailed failed = failure(Kind.with().outputLimit(limit).script(script));
    assertThat(failed.reason()).isEqualTo(Reason.OUTPUT_LIMIT);
    assertThat(failed).hasMessageContaining("204800 bytes");
    try (var files = Files.list(directory)) {
      assertThat(files).allMatch(file -> file.toFile().length() < 210_000);
    }
  }

  @Test
  void manyFilesAreTooMuchTogether() {
    var kind = Kind.with().outputLimit(DataSize.ofKilobytes(100));
    JobFailed failed =
        failure(
            kind.script(
                "i=0; while :; do i=$((i+1)); head -c 5000 /dev/zero > tmp/$i; sleep 0.01; done"));
    assertThat(failed.reason()).isEqualTo(Reason.OUTPUT_LIMIT);
  }

  @Test
  void blastpFindsItsOwnQuery() throws Exception {
    var kind = Kind.with("query_name", "query_sequence");
    kind.files(Map.of("query.fa", ">{query_name}\n{query_sequence}\n"));
    var handler =
        kind.command("blastp", "-query", "query.fa", "-subject", "query.fa", "-outfmt", "6");
    assumeTrue(handler.unavailable().isEmpty(), "needs NCBI BLAST+");
    var run = run(Map.of("query_name", "HBB", "query_sequence", HBB));
    assertThat(handler.run(run).returnCode()).isZero();
    assertThat(run.file("stdout")).startsWith("HBB\tHBB\t100.000\t60\t");
  }

  private Trail run(Map<String, String> inputs) {
    return new Trail(directory, inputs);
  }

  private JobFailed failure(JobHandler handler) {
    return catchThrowableOfType(JobFailed.class, () -> handler.run(run(Map.of())));
  }

  private static long niceness(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(Arrays.stream(fields).skip(16).limit(1).collect(joining()));
  }
}
