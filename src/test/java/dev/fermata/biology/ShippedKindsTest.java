package dev.fermata.biology;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The kinds that the server comes with, on the databases that it comes with. */
class ShippedKindsTest {

  private static final String INSTALL = "apt-get install -y --no-install-recommends fermata-nosuch";

  @TempDir static Path directory;

  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    List<String> statusOfItself = List.of("cat", "/proc/self/stat");
    server =
        Server.start(
            directory,
            Map.of(
                "missing",
                command(List.of("fermata-nosuch", "-v"), Map.of("install", INSTALL)),
                "out-of-the-path",
                command(List.of("sh"), Map.of("environment", Map.of("PATH", "/nowhere"))),
                "nice",
                command(statusOfItself, Map.of()),
                "[Less_Nice]",
                command(statusOfItself, Map.of("niceness", 3))));
  }

  private static Map<String, Object> command(List<String> command, Map<String, Object> more) {
    return Stream.of(Map.<String, Object>of("handler", "command", "command", command), more)
        .flatMap(map -> map.entrySet().stream())
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void alignFindsGlobinsWithNothingInstalled() throws Exception {
    JsonNode job = server.ended("align", resource("HBB_HUMAN.fasta"));

    assertThat(job.at("/result/hits").valueStream().map(hit -> hit.at("/target").asString()))
        .startsWith("HBB_CALAR")
        .contains("HBA_MACFA");
  }

  @Test
  void blastpFindsGlobins() throws Exception {
    Programs.assumeInstalled("blastp");

    JsonNode job = server.ended("blastp", resource("HBB_HUMAN.fasta"));

    assertThat(job.at("/status").asString()).as(job.toString()).isEqualTo("succeeded");
    List<String[]> hits = job.at("/result").asString().lines().map(it -> it.split("\t")).toList();
    assertThat(hits).allSatisfy(hit -> assertThat(hit).hasSize(12).startsWith("HBB_HUMAN"));
    assertThat(hits).extracting(hit -> hit[1]).startsWith("HBB_CALAR").contains("HBA_MACFA");
  }

  @Test
  void hmmsearchFindsTheGlobinFamily() throws Exception {
    Programs.assumeInstalled("hmmsearch");

    JsonNode job = server.ended("hmmsearch", resource("HBB_HUMAN.fasta"));

    assertThat(job.at("/result").asString().lines().filter(line -> !line.startsWith("#")))
        .singleElement()
        .asString()
        .startsWith("HBB_HUMAN ")
        .contains(" globins4 ");
  }

  @Test
  void mafftAlignsEveryRecord() throws Exception {
    Programs.assumeInstalled("mafft");

    JsonNode job = server.ended("mafft", resource("globins45.fasta"));

    String[] records = job.at("/result").asString().substring(1).split("\n>");
    assertThat(records).hasSize(45);
    assertThat(Stream.of(records).map(it -> it.substring(it.indexOf('\n')).replace("\n", "")))
        .extracting(String::length)
        .containsOnly(records[0].substring(records[0].indexOf('\n')).replace("\n", "").length());
  }

  @ParameterizedTest
  @CsvSource({
    "missing, The program 'fermata-nosuch' is not installed on the server: " + INSTALL,
    "out-of-the-path, The program 'sh' is not installed on the server.",
  })
  void kindWithoutItsProgramIsListedAndRefused(String kind, String reason) throws Exception {
    JsonNode listed = Server.json(server.get("/kinds/" + kind));
    HttpResponse<byte[]> refused = server.post(kind, new byte[0]);

    assertThat(listed.at("/available").asBoolean()).isFalse();
    assertThat(listed.at("/reason").asString()).isEqualTo(reason);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(Server.json(refused).at("/type").asString()).isEqualTo("/problems/kind-unavailable");
    assertThat(Server.json(refused).at("/detail").asString()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "blastp, proteins.fasta, File is not accessible",
    "hmmsearch, profiles.hmm, profiles.hmm not found",
  })
  void vanishedDatabaseFailsTheJobInWords(String kind, String database, String words)
      throws Exception {
    Programs.assumeInstalled(kind);
    Path file = server.data().resolve("db").resolve(database);
    Path away = Files.move(file, directory.resolve(database));
    try {
      JsonNode job = server.ended(kind, resource("HBB_HUMAN.fasta"));

      assertThat(job.at("/status").asString()).isEqualTo("failed");
      assertThat(job.at("/reason").asString()).isEqualTo("exit_code");
      assertThat(job.at("/returnCode").asInt()).isEqualTo(1);
      assertThat(job.at("/message").asString()).contains("Exit code 1").contains(words);
    } finally {
      Files.move(away, file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          bad_chars      ; line 2, column 4
          binary         ; The body isn't valid UTF-8, first in line 1
          dna_in_protein ; record dna (line 1) looks like DNA
          empty          ; is required, and was not given
          garbage        ; line 1, column 32
          header_only    ; line 1: a header with no sequence after it
          stop_gap       ; line 2, column 22
          """)
  void brokenQueriesAreRefusedBeforeTheyWait(String file, String detail) throws Exception {
    for (String kind : shipped()) {
      HttpResponse<byte[]> response = server.post(kind, broken(file));

      assertThat(response.statusCode()).as(kind).isEqualTo(422);
      assertThat(Server.json(response).at("/errors").valueStream())
          .as(kind)
          .allSatisfy(error -> assertThat(error.at("/pointer").asString()).startsWith("/input"))
          .anySatisfy(error -> assertThat(error.at("/detail").asString()).contains(detail));
      assertThat(Server.json(server.get("/jobs?limit=500&kind=" + kind)).at("/jobs").valueStream())
          .allMatch(job -> job.at("/finished").asBoolean());
    }
  }

  @Test
  void secondRecordIsRefusedWhereOneIsTakenAndWarnedOfElsewhere() throws Exception {
    assertThat(Server.json(server.post("align", broken("dup_ids"))).at("/errors/0/detail"))
        .asString()
        .contains("line 3: a second record begins here");

    Programs.assumeInstalled("mafft");
    JsonNode job = server.ended("mafft", broken("dup_ids"));
    assertThat(job.at("/result").asString()).contains(">a\n");
    assertThat(texts(job.at("/warnings")))
        .containsExactly(
            "query_sequence: more than one record of the same name: record a (line 3)");
  }

  @ParameterizedTest
  @CsvSource({
    "bom, query_sequence: repaired: removed the byte order mark",
    "crlf, query_sequence: repaired: changed CRLF or CR line ends to LF",
    "lower,",
    "no_header,",
  })
  void oddQueriesAreRepairedAndRun(String file, String warning) throws Exception {
    for (String kind : shipped()) {
      JsonNode job = server.ended(kind, broken(file));

      assertThat(job.at("/status").asString()).as(job.toString()).isEqualTo("succeeded");
      if (warning != null) {
        assertThat(texts(job.at("/warnings"))).contains(warning);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"nice, 10", "Less_Nice, 3"})
  void programStandsBackBehindTheServer(String kind, int niceness) throws Exception {
    JsonNode job = server.ended(kind, new byte[0]);

    assertThat(niceness(job.at("/result").asString()))
        .isEqualTo(Math.min(19, niceness(Files.readString(Path.of("/proc/self/stat"))) + niceness));
  }

  /** Field 19 of proc_pid_stat(5); the second may hold blanks and ends at the last parenthesis. */
  private static int niceness(String stat) {
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }

  private static List<String> shipped() {
    return Stream.of("align", "blastp", "hmmsearch", "mafft")
        .filter(kind -> kind.equals("align") || Programs.has(kind))
        .toList();
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static byte[] broken(String name) throws IOException {
    return resource("/dev/fermata/kind/broken/" + name + ".fasta");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ShippedKindsTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
