package dev.fermata.tool.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;

/** Scores are those of SSEARCH for the same gap costs. */
class ScoresTest {

  private static final String DATABASE = "databases/proteins.fasta";

  @Test
  void everyScoreEqualsTheOneThatSsearchGave() throws Exception {
    assertThat(ours(11, 1)).isEqualTo(Files.readAllLines(Samples.file("expected-scores.tsv")));
  }

  @ParameterizedTest(name = "gap costs {0} and {1}")
  @CsvSource({"11, 1", "10, 2", "7, 2"})
  void everyScoreEqualsTheOneThatSsearchGivesNow(int open, int extend) throws Exception {
    assumeTrue(isInstalled("ssearch36"), "ssearch36 (Debian: fasta3) is not installed");
    assertThat(ours(open, extend)).isEqualTo(theirs(open, extend));
  }

  @ParameterizedTest(name = "gap costs {0} and {1}")
  @CsvSource({"11, 1", "7, 2"})
  void biojavaWritesOutAnAlignmentOfTheSameScore(int open, int extend) throws Exception {
    var gaps = new GapCosts(open, extend);
    for (Target query : Samples.queries().subList(0, 3)) {
      var aligner = new Aligner(query.residues(), gaps, Long.MAX_VALUE);
      for (Target target : Samples.shipped().targets().subList(0, 100)) {
        Hit hit = aligner.align(target, aligner.score(target));
        assertThat(Rescored.score(hit, gaps)).as(hit.toString()).isEqualTo(hit.score());
      }
    }
  }

  private static List<String> ours(int open, int extend) throws Exception {
    var rows = new ArrayList<String>();
    for (Target query : Samples.queries()) {
      for (Target target : Samples.shipped().targets()) {
        var score =
            LocalScore.of(query.residues(), target.residues(), new GapCosts(open, extend)).score();
        rows.add(String.join("\t", query.name(), target.name(), Integer.toString(score)));
      }
    }
    return rows.stream().sorted().toList();
  }

  private static List<String> theirs(int open, int extend) throws IOException {
    var database = new ClassPathResource(DATABASE).getFile().toString();
    var ssearch =
        new ProcessBuilder(
                "sh",
                Samples.file("scores.sh").toString(),
                Samples.file("queries.fasta").toString(),
                database,
                Integer.toString(open),
                Integer.toString(extend))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines = ssearch.inputReader()) {
      return lines.lines().toList();
    }
  }

  private static boolean isInstalled(String program) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
