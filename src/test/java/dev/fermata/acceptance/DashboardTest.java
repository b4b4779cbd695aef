package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** People who come by browser get a page, and everything that it needs from this server alone. */
class DashboardTest extends ServerTest {

  private static final Path STATIC = Path.of("src/main/resources/static");
  private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"(/static/[^\"]+)\"");
  private static final Pattern IMPORT = Pattern.compile("from '\\./([^']+)'");

  @Test
  void browserGetsThePageAndOthersTheLinks() {
    Reply page = client().get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'")
        .doesNotContain("unsafe");
    assertThat(client().get("/").header("Content-Type")).startsWith("application/json");
  }

  @Test
  void everythingThatItNeedsIsThere() throws IOException {
    String page = client().get("/", "Accept", "text/html").text();
    List<String> needed =
        Stream.concat(
                ADDRESS.matcher(page).results().map(found -> found.group(1)),
                scripts().flatMap(DashboardTest::imports))
            .distinct()
            .toList();

    assertThat(needed).hasSizeGreaterThan(8);
    assertThat(needed)
        .allSatisfy(address -> assertThat(client().get(address).status()).isEqualTo(200));
  }

  private static Stream<Path> scripts() throws IOException {
    return files().filter(file -> file.toString().endsWith(".js"));
  }

  private static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(STATIC)) {
      return files.toList().stream();
    }
  }

  private static Stream<String> imports(Path script) {
    try {
      return IMPORT
          .matcher(Files.readString(script))
          .results()
          .map((MatchResult found) -> "/static/" + found.group(1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void allOfItIsLight() throws IOException {
    long bytes = files().mapToLong(file -> file.toFile().length()).sum();

    assertThat(bytes).isLessThan(DataSize.ofKilobytes(300).toBytes());
  }

  /** What comes from users becomes text: nothing of the page takes markup from a string. */
  @Test
  void connectionStaysOpenAfterARangeThatIsNone() throws IOException {
    try (var wire = new Wire(client().port())) {
      for (int request = 0; request < 2; request++) {
        wire.lines("GET /static/page.css HTTP/1.1", "Host: localhost", "Range: bytes=5-2", "");
        assertThat(wire.read().status()).isEqualTo(416);
      }
    }
  }

  @Test
  void nothingIsEverTakenForMarkup() throws IOException {
    for (Path script : scripts().toList()) {
      assertThat(Files.readString(script))
          .as(script.toString())
          .doesNotContain(
              "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
    }
  }
}
