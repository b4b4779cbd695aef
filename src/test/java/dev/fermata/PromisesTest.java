package dev.fermata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of promises names tests that there are. */
class PromisesTest {

  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT|Contract))`");

  @Test
  void everyPromiseNamesTestsThatThereAre() throws IOException {
    List<String> promises =
        Files.readString(Path.of("src/docs/promises.md"))
            .lines()
            .filter(line -> line.startsWith("| **"))
            .toList();

    assertThat(promises).hasSizeGreaterThan(10);
    assertThat(promises).allSatisfy(promise -> assertThat(named(promise)).isNotEmpty());
    assertThat(promises.stream().flatMap(promise -> named(promise).stream())).isSubsetOf(tests());
  }

  private static List<String> named(String promise) {
    return TEST.matcher(promise).results().map(found -> found.group(1)).toList();
  }

  private static List<String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files.map(file -> file.getFileName().toString().replace(".java", "")).toList();
    }
  }
}
