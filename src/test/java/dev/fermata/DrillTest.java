package dev.fermata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the drill breaks is still there to be broken. */
class DrillTest {

  private static final Pattern BREAK = Pattern.compile("sed -i '([^']+)' (\\S+)");

  @Test
  void everyBreakChangesOneLine() throws IOException {
    List<MatchResult> breaks =
        BREAK.matcher(Files.readString(Path.of("src/docs/drill.md"))).results().toList();

    assertThat(breaks).hasSize(3);
    for (MatchResult found : breaks) {
      Path file = Path.of(found.group(2));
      List<String> whole = Files.readAllLines(file);
      List<String> broken = sed(found.group(1), file);
      assertThat(broken).hasSameSizeAs(whole);
      assertThat(IntStream.range(0, whole.size()).filter(i -> !whole.get(i).equals(broken.get(i))))
          .as(found.group())
          .hasSize(1);
    }
  }

  private static List<String> sed(String script, Path file) throws IOException {
    Process sed = new ProcessBuilder("sed", script, file.toString()).start();
    return new String(sed.getInputStream().readAllBytes(), UTF_8).lines().toList();
  }
}
