package dev.fermata.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fermata.delivery.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of the README and the cookbook does what the page says it does. */
class PagesIT {

  private static final Path COOKBOOK = Path.of("src/docs/cookbook");

  /** What a page cannot be followed without. */
  private static final Map<String, List<String>> PROGRAMS =
      Map.of(
          "README.md", List.of("jq", "blastp"),
          "backup.md", List.of("sqlite3"),
          "chat.md", List.of("jq"),
          "clients.md", List.of("jq", "python3", "node"),
          "nginx.md", List.of("nginx"),
          "systemd.md", List.of("systemd-analyze"));

  private static final String INSTALL = "apt-get install -y --no-install-recommends ";

  @TempDir private Path folder;

  static List<Path> pages() throws IOException {
    try (Stream<Path> cookbook = Files.list(COOKBOOK)) {
      return Stream.concat(
              Stream.of(Path.of("README.md"), Path.of("src/docs/http.md")), cookbook.sorted())
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void pageIsTrue(Path page) throws Exception {
    for (String program : PROGRAMS.getOrDefault(page.getFileName().toString(), List.of())) {
      assumeTrue(Command.isInstalled(program), program + " is not installed");
    }
    try (var reader = new Reader(folder)) {
      reader.follow(Page.read(page));
    }
  }

  @Test
  void everyPageIsInTheReadme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    assertThat(pages().stream().skip(1))
        .allSatisfy(page -> assertThat(readme).contains(page.toString()));
  }

  @Test
  void whatTheReadmeInstallsIsInstalledBeforeTheTests() throws IOException {
    String before = Files.readString(Path.of(".ci/run"));

    assertThat(Files.readAllLines(Path.of("README.md")))
        .filteredOn(line -> line.startsWith(INSTALL))
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line.substring(INSTALL.length()).split(" "))
                    .allSatisfy(name -> assertThat(before).contains("]=" + name)));
  }
}
