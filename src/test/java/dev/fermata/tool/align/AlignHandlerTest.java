package dev.fermata.tool.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.Progress;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.JobHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.DefaultResourceLoader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AlignHandlerTest {

  @TempDir Path directory;

  private final JobHandler handler = Samples.handler(Samples.against(AlignSettings.SHIPPED));

  @Test
  void aHumanBetaGlobinFindsItsRelativesBestFirst() throws Exception {
    List<JsonNode> hits = hits(new RecordingRun(directory, "HBB_HUMAN", Samples.humanBetaGlobin()));

    JsonNode best = hits.getFirst();
    assertThat(best.get("target").asString()).isEqualTo("HBB_CALAR");
    assertThat(best.get("score").asInt()).isEqualTo(740);
    assertThat(best.get("identity").asDouble()).isEqualTo(141 / 146.0);
    assertThat(hits.stream().map(hit -> hit.get("target").asString()).limit(45))
        .contains("HBA_PONPY", "MYG_HORSE")
        .allMatch(name -> name.matches("(HB|MYG).*"));
    assertThat(hits).isSortedAccordingTo(Comparator.comparingInt(hit -> -hit.get("score").asInt()));
  }

  @Test
  void rangesAndRowsOfAnAlignmentAreThoseOfTheSequences() throws Exception {
    String query = Samples.humanBetaGlobin();
    for (JsonNode hit : hits(new RecordingRun(directory, "q", query))) {
      String target = sequence(hit.get("target").asString());
      JsonNode rows = hit.get("alignment");
      assertThat(rows.get("query").asString().replace("-", ""))
          .isEqualTo(range(query, hit, "query"));
      assertThat(rows.get("target").asString().replace("-", ""))
          .isEqualTo(range(target, hit, "target"));
      assertThat(rows.get("midline").asString()).hasSameSizeAs(rows.get("query").asString());
      assertThat(rows.get("target").asString()).hasSameSizeAs(rows.get("query").asString());
    }
  }

  @Test
  void equalScoresStayInTheOrderOfTheDatabase() throws Exception {
    String globin = Samples.humanBetaGlobin();
    Path database = directory.resolve("twins.fasta");
    Files.writeString(database, ">b\n%s\n>a\n%s\n>c\n%s\n".formatted(globin, globin, globin));
    var run = new RecordingRun(directory, "q", globin);

    Samples.handler(Samples.against(database.toString())).run(run);

    assertThat(Files.readAllLines(directory.resolve(Report.TABLE_FILE)))
        .containsExactly(
            "qseqid\tsseqid\tpident\tlength\tmismatch\tgapopen\tqstart\tqend\tsstart\tsend\tscore",
            "q\tb\t100.000\t146\t0\t0\t1\t146\t1\t146\t775",
            "q\ta\t100.000\t146\t0\t0\t1\t146\t1\t146\t775",
            "q\tc\t100.000\t146\t0\t0\t1\t146\t1\t146\t775");
  }

  @Test
  void caseDoesNotMatterAndTheResultIsTheFile() throws Exception {
    var run = new RecordingRun(directory, "q", Samples.humanBetaGlobin().toLowerCase(Locale.ROOT));
    Result result = handler(3).run(run).result();

    assertThat(result).isEqualTo(Result.inline(Result.JSON, file(Report.JSON_FILE)));
    assertThat(file(Report.JSON_FILE)).contains("\"score\":740");
    assertThat(run.warnings).isEmpty();
  }

  @Test
  void aLongResultIsLeftInItsFile() throws Exception {
    String globin = Samples.humanBetaGlobin();
    Path database = directory.resolve("many.fasta");
    Files.writeString(database, ">a\n%s\n".formatted(globin).repeat(150));
    var settings = new AlignSettings(database.toString(), 11, 1, 150, 10);
    Result result =
        Samples.handler(settings).run(new RecordingRun(directory, "q", globin)).result();

    assertThat(result).isEqualTo(Result.inFile(Result.JSON, Report.JSON_FILE));
    assertThat(file(Report.JSON_FILE)).hasSizeGreaterThan(Result.INLINE_BYTES);
  }

  @Test
  void progressGoesFromTheFirstToTheLastSequence() throws Exception {
    var run = new RecordingRun(directory, "q", "MKV");
    handler.run(run);

    assertThat(run.progress)
        .hasSize(419)
        .first()
        .isEqualTo(new Progress(1 / 419.0, "1 of 419 sequences"));
    assertThat(run.progress).last().isEqualTo(new Progress(1.0, "419 of 419 sequences"));
    assertThat(run.settled).isTrue();
  }

  @Test
  void aQueryWithoutRelativesHasNoHits() throws Exception {
    assertThat(hits(new RecordingRun(directory, "q", "MKV"))).isEmpty();
  }

  @Test
  void lettersThatBlosum62LacksAreScoredAsXAndSaidOnce() throws Exception {
    String globin = Samples.humanBetaGlobin();
    var run = new RecordingRun(directory, "q", "JUO" + globin + "BZX*");
    List<JsonNode> hits = hits(run);

    assertThat(hits.getFirst().get("score").asInt()).isEqualTo(740);
    assertThat(hits.getFirst().get("queryStart").asInt()).isEqualTo(4);
    assertThat(run.warnings).singleElement().asString().contains("scored as X");
  }

  @Test
  @Timeout(20)
  void aStopEndsAllThreadsBeforeItIsTold() throws Exception {
    // Uninterrupted, a query of this length takes minutes.
    var run =
        new RecordingRun(directory, "q", sequenceOfAll().repeat(2)) {
          @Override
          public void progress(Progress progress) {
            super.progress(progress);
            Thread.currentThread().interrupt();
          }
        };

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> handler.run(run));

    assertThat(run.progress).hasSize(1);
    assertThat(run.settled).isFalse();
    assertThat(directory).isEmptyDirectory();
    for (Thread thread : computingThreads()) {
      assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void aStopThatCameBeforeTheEndWins() {
    var run = new RecordingRun(directory, "q", "MKV");
    run.stopDelivered = true;

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> handler.run(run));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aVanishedDatabaseFailsTheJobAndMakesTheKindUnavailable() throws Exception {
    Path database = Files.writeString(directory.resolve("db.fasta"), ">a\nMKVLAA\n");
    JobHandler handler = Samples.handler(Samples.against(database.toString()));
    handler.run(new RecordingRun(directory, "q", "MKV"));
    assertThat(handler.unavailable()).isEmpty();

    Files.delete(database);

    assertThat(handler.unavailable()).get().asString().contains(database.toString(), "`database`");
    assertThatThrownBy(() -> handler.run(new RecordingRun(directory, "q", "MKV")))
        .isInstanceOfSatisfying(
            JobFailed.class, e -> assertThat(e.reason()).isEqualTo(Reason.KIND_UNAVAILABLE))
        .hasMessageContaining(database.toString());
  }

  @Test
  void theInputsItReadsHaveToBeDeclared() {
    var factory = new AlignFactory(new DefaultResourceLoader());
    assertThatThrownBy(
            () ->
                factory.create("a", new Inputs(List.of()), Samples.against(AlignSettings.SHIPPED)))
        .hasMessage("fermata.kinds.a.inputs: handler align needs the input query_name");
  }

  private static JobHandler handler(int maxHits) {
    return Samples.handler(new AlignSettings(AlignSettings.SHIPPED, 11, 1, maxHits, 10));
  }

  private List<JsonNode> hits(RecordingRun run) throws Exception {
    handler.run(run);
    var hits = new ArrayList<JsonNode>();
    JsonMapper.shared().readTree(file(Report.JSON_FILE)).get("hits").forEach(hits::add);
    return hits;
  }

  private String file(String name) throws Exception {
    return Files.readString(directory.resolve(name));
  }

  private static String range(String sequence, JsonNode hit, String which) {
    return sequence.substring(hit.get(which + "Start").asInt() - 1, hit.get(which + "End").asInt());
  }

  private static String sequence(String name) throws Exception {
    return Samples.shipped().targets().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow()
        .residues()
        .letters();
  }

  /** The whole database in one sequence. */
  private static String sequenceOfAll() throws Exception {
    return Samples.shipped().targets().stream()
        .map(target -> target.residues().letters())
        .collect(Collectors.joining());
  }

  private static List<Thread> computingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(Crew.NAME))
        .toList();
  }
}
