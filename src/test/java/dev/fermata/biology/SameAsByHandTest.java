package dev.fermata.biology;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Programs that the server runs give byte for byte what they give when they are run by hand. All
 * cases are posted at once, so that they also wait in line.
 */
class SameAsByHandTest {

  /** What the given set has instead of a file that the program didn't make. */
  private static final String ABSENT = "(absent)\n";

  @TempDir static Path directory;

  private static final Map<Case, String> jobs = new HashMap<>();
  private static Path smallData;
  private static List<Case> small;
  private static List<Case> given = List.of();
  private static Server server;

  @BeforeAll
  static void postAllCases() throws Exception {
    var kinds = new LinkedHashMap<String, Object>();
    smallData = shippedDatabases();
    small = cases(here(), "small_", smallData, kinds);
    if (Files.isDirectory(givenSet())) {
      given = cases(givenSet(), "given_", givenDatabases(), kinds);
    }
    server = Server.start(directory, kinds);
    post("small_", small);
    post("given_", given);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> smallCases() {
    return small.stream().map(one -> dynamicTest(one.id(), () -> comparedWithLiveRun(one)));
  }

  @TestFactory
  Stream<DynamicTest> givenCases() {
    if (given.isEmpty()) {
      return Stream.of(
          dynamicTest(
              "full set", () -> abort("the full set is not here: FERMATA_BIO_DATA says where")));
    }
    return given.stream().map(one -> dynamicTest(one.id(), () -> comparedWithStoredRun(one)));
  }

  private static void comparedWithLiveRun(Case one) throws Exception {
    Programs.assumeInstalled(one);
    Path byHand = Files.createTempDirectory(directory, one.id());
    Files.copy(one.query(), byHand.resolve("query.fasta"));

    assertThat(Programs.run(byHand, one.arguments(smallData))).isEqualTo(one.returnCode());
    assertSame(one, name -> text(byHand.resolve(name)));
  }

  private static void comparedWithStoredRun(Case one) throws Exception {
    Programs.assumeInstalled(one);
    Path stored = givenSet().resolve("expected").resolve(one.id());

    assertSame(one, name -> text(stored.resolve(name)).filter(text -> !text.equals(ABSENT)));
  }

  private static void assertSame(Case one, Function<String, Optional<String>> byHand)
      throws Exception {
    String id = jobs.get(one);
    JsonNode job = server.ended(id);

    assertThat(job.at("/returnCode").asInt()).as(job.toString()).isEqualTo(one.returnCode());
    assertThat(job.at("/status").asString())
        .isEqualTo(one.returnCode() == 0 ? "succeeded" : "failed");
    for (var file : one.compared().entrySet()) {
      assertThat(fetched(id, file.getKey()).map(file.getValue()::of))
          .as(file.getKey())
          .isEqualTo(byHand.apply(file.getKey()).map(file.getValue()::of));
    }
  }

  private static Optional<String> fetched(String id, String name) throws Exception {
    HttpResponse<byte[]> response = server.get("/jobs/" + id + "/files/" + name);
    assertThat(response.statusCode()).isIn(200, 404);
    return response.statusCode() == 404
        ? Optional.empty()
        : Optional.of(new String(response.body(), ISO_8859_1));
  }

  /** Every byte as one character. */
  private static Optional<String> text(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(Files.readString(file, ISO_8859_1))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void post(String prefix, List<Case> cases) throws Exception {
    for (Case one : cases) {
      if (Programs.runs(one)) {
        jobs.put(one, server.accepted(prefix + one.id(), one.queryBytes()));
      }
    }
  }

  /** Reads the cases of a folder, the longest last, and declares a kind for each. */
  private static List<Case> cases(Path folder, String prefix, Path data, Map<String, Object> kinds)
      throws IOException {
    var cases = new ArrayList<>(Case.in(folder));
    cases.sort(Comparator.comparing((Case one) -> one.id().startsWith("heavy_")));
    for (Case one : cases) {
      kinds.put(prefix + one.id(), isText(one) ? textKind(one, data) : fileKind(one, data));
    }
    return cases;
  }

  private static boolean isText(Case one) throws IOException {
    return new String(one.queryBytes(), ISO_8859_1).indexOf('\0') < 0;
  }

  private static Map<String, Object> textKind(Case one, Path data) {
    return Map.of(
        "handler",
        "command",
        "inputs",
        Map.of("query", Map.of("primary", true)),
        "files",
        Map.of("query.fasta", "{query}"),
        "command",
        one.arguments(data));
  }

  /** Text can't hold a NUL; a file input can, and stands under its own name. */
  private static Map<String, Object> fileKind(Case one, Path data) {
    var renamed = new ArrayList<>(List.of("sh", "-c", "mv query query.fasta; exec \"$@\"", "sh"));
    renamed.addAll(one.arguments(data));
    return Map.of(
        "handler",
        "command",
        "inputs",
        Map.of("query", Map.of("primary", true, "format", "file")),
        "command",
        renamed);
  }

  private static Path here() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(SameAsByHandTest.class.getResource("cases.tsv")).toURI())
        .getParent();
  }

  private static Path givenSet() {
    String name = "FERMATA_BIO_DATA";
    String named = System.getProperty(name, System.getenv(name));
    return Path.of(named == null ? "../shared/bio/visible" : named).toAbsolutePath().normalize();
  }

  private static Path shippedDatabases() throws Exception {
    Path data = directory.resolve("small");
    copyShipped("proteins.fasta", data.resolve("db"));
    copyShipped("profiles.hmm", data.resolve("hmm"));
    Programs.index(data);
    return data;
  }

  private static void copyShipped(String name, Path to) throws IOException {
    Files.createDirectories(to);
    try (InputStream in = SameAsByHandTest.class.getResourceAsStream("/databases/" + name)) {
      Files.copy(Objects.requireNonNull(in), to.resolve(name));
    }
  }

  private static Path givenDatabases() throws Exception {
    Path data = directory.resolve("given");
    for (String part : List.of("db", "hmm")) {
      Files.createDirectories(data.resolve(part));
      try (var files = Files.list(givenSet().resolve(part))) {
        for (Path file : files.toList()) {
          Files.copy(file, data.resolve(part).resolve(file.getFileName().toString()));
        }
      }
    }
    Programs.index(data);
    return data;
  }
}
