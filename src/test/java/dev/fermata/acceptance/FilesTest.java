package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.directory.Directories;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The experiment directory is served, and nothing but it. */
class FilesTest extends ServerTest {

  private static final String SECRET = "nobody may read this";
  private static final String BODY = "0123456789";

  /** Names as they are, and as an address spells them; in the order of listing. */
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put(" a b", "%20a%20b");
    NAMES.put("100%", "100%25");
    NAMES.put("a+b", "a+b");
    NAMES.put("a;b=c", "a%3Bb=c");
    NAMES.put("deep/er/x.json", "deep/er/x.json");
    NAMES.put("out.tsv", "out.tsv");
    NAMES.put("q?x#y", "q%3Fx%23y");
    NAMES.put("é日\uD83E\uDDEC.txt", "%C3%A9%E6%97%A5%F0%9F%A7%AC.txt");
  }

  @TempDir private static Path outside;

  private final Script.Hold[] hold = new Script.Hold[1];
  private String job = "";

  @BeforeEach
  void letAJobWriteFiles() throws IOException {
    Files.writeString(outside.resolve("secret"), SECRET);
    Script.Hold open = script.hold("never asked for");
    hold[0] = open;
    script.on(
        "writes",
        run -> {
          write(run.directory());
          return open.run(run);
        });
    job = client().submit("script", "writes");
    open.awaitBegin();
  }

  private static void write(Path directory) throws IOException {
    Files.createDirectories(directory.resolve("deep/er"));
    for (String name : NAMES.keySet()) {
      Files.writeString(directory.resolve(name), BODY);
    }
    Files.writeString(directory.resolve(Directories.TMP).resolve("scratch"), SECRET);
    Files.createSymbolicLink(directory.resolve("link"), outside.resolve("secret"));
    Files.createSymbolicLink(directory.resolve("way"), outside);
    Files.createSymbolicLink(directory.resolve("inside"), Path.of("out.tsv"));
  }

  @Test
  void filesAreListedWhileTheJobRunsAndAfterIt() throws Exception {
    Reply running = client().get("/jobs/" + job + "/files");
    hold[0].release();
    client().ended(job);
    Reply ended = client().get("/jobs/" + job + "/files");
    String sum =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BODY.getBytes(UTF_8)));

    assertThat(names(running)).containsExactlyInAnyOrderElementsOf(NAMES.keySet());
    assertThat(running.keys()).containsExactly("files");
    assertThat(running.json().at("/files").valueStream())
        .allSatisfy(
            file -> {
              assertThat(file.propertyNames()).containsExactly("name", "size", "sha256");
              assertThat(file.at("/size").asInt()).isEqualTo(BODY.length());
              assertThat(file.at("/sha256").isNull()).isTrue();
            });
    assertThat(names(ended)).isEqualTo(names(running));
    assertThat(ended.json().at("/files").valueStream())
        .allMatch(file -> text(file, "/sha256").equals(sum));
    assertThat(ended.text()).endsWith("}\n");
  }

  /** The hash of a large file takes seconds, and a page that shows it may be looked at often. */
  @Test
  void fileIsHashedAgainOnlyWhenItLooksOtherwise() throws Exception {
    hold[0].release();
    client().ended(job);
    Path file = experiments().resolve(job).resolve("out.tsv");
    String sum = sumOf("out.tsv");
    FileTime modified = Files.getLastModifiedTime(file);

    Files.writeString(file, "9876543210");
    Files.setLastModifiedTime(file, modified);
    assertThat(sumOf("out.tsv")).isEqualTo(sum);
    Files.setLastModifiedTime(file, FileTime.from(modified.toInstant().plusSeconds(1)));
    assertThat(sumOf("out.tsv")).isNotEqualTo(sum);
  }

  private String sumOf(String name) {
    return client()
        .get("/jobs/" + job + "/files")
        .json()
        .at("/files")
        .valueStream()
        .filter(file -> text(file, "/name").equals(name))
        .map(file -> text(file, "/sha256"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyListedFileIsServedByteForByte() {
    NAMES.forEach(
        (name, address) -> {
          Reply reply = client().get("/jobs/" + job + "/files/" + address);

          assertThat(reply.status()).as(name).isEqualTo(200);
          assertThat(reply.text()).isEqualTo(BODY);
          assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
          assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
        });
  }

  @Test
  void partOfAFileCanBeAskedFor() {
    assertThat(range("bytes=2-4").status()).isEqualTo(206);
    assertThat(range("bytes=2-4").text()).isEqualTo("234");
    assertThat(range("bytes=2-4").header("Content-Range")).isEqualTo("bytes 2-4/10");
    assertThat(range("bytes=7-").text()).isEqualTo("789");
    assertThat(range("bytes=-2").text()).isEqualTo("89");
    assertThat(range("bytes=8-100").header("Content-Range")).isEqualTo("bytes 8-9/10");
    assertThat(range("nonsense").status()).isEqualTo(200);
    assertThat(range("nonsense").text()).isEqualTo(BODY);
    Reply beyond = assertProblem(range("bytes=10-"), 416, "range-not-satisfiable");
    assertThat(beyond.header("Content-Range")).isEqualTo("bytes */10");
  }

  private Reply range(String range) {
    return client().get("/jobs/" + job + "/files/out.tsv", "Range", range);
  }

  @Test
  void zipHoldsWhatIsListed() throws IOException {
    Reply reply = client().get("/jobs/" + job + "/files.zip");
    Map<String, String> content = new LinkedHashMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(reply.bytes()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        content.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
      }
    }

    assertThat(reply.header("Content-Type")).isEqualTo("application/zip");
    assertThat(reply.header("Content-Disposition")).contains(job + ".zip");
    assertThat(content.keySet()).containsExactlyInAnyOrderElementsOf(NAMES.keySet());
    assertThat(content.values()).containsOnly(BODY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "link",
        "way/secret",
        "inside",
        "tmp/scratch",
        "deep",
        "deep/",
        "deep//er/x.json",
        "./out.tsv",
        "",
        "nothing",
        "out.tsv/x",
        "..",
        "../",
        "../../fermata.db",
        "deep/../../../fermata.db",
        "deep/../out.tsv",
        "%2e%2e/%2e%2e/fermata.db",
        "..%2f..%2ffermata.db",
        "%2Fetc%2Fpasswd",
        "/etc/passwd",
        "..;/..;/fermata.db",
        "..%5c..%5cfermata.db",
        "%252e%252e%252ffermata.db",
        "%00",
        "out.tsv%00.png",
        "%c0%ae%c0%ae/x",
      })
  void nothingElseIsServed(String address) throws IOException {
    try (var wire = new Wire(client().port())) {
      Reply reply =
          wire.lines("GET /jobs/" + job + "/files/" + address + " HTTP/1.1", "Host: localhost", "")
              .read();

      assertThat(reply.status()).as(reply.toString()).isIn(400, 404);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(reply.text()).doesNotContain(SECRET, BODY);
    }
  }

  @Test
  void temporaryFilesEndWithTheJob() {
    hold[0].release();
    client().ended(job);

    assertThat(experiments().resolve(job).resolve(Directories.TMP)).doesNotExist();
    assertThat(experiments().resolve(job).resolve("out.tsv")).exists();
  }

  @Test
  void jobThatHasNotStartedHasNoFiles() throws IOException {
    String waits = client().submit("script", "x");

    assertThat(client().get("/jobs/" + waits + "/files").text()).isEqualTo("{\"files\":[]}\n");
    assertProblem(client().get("/jobs/" + waits + "/files/x"), 404, "unknown-file");
    Reply zip = client().get("/jobs/" + waits + "/files.zip");
    assertThat(zip.status()).isEqualTo(200);
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip.bytes()))) {
      assertThat(in.getNextEntry()).isNull();
    }
  }

  @Test
  void listIsSpokenInOneLine() {
    Reply reply = client().get("/jobs/" + job + "/files", "Accept", "text/plain");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).endsWith("\n");
  }

  @Test
  void listIsNoFileForWhoTakesNoList() {
    Reply reply = client().get("/jobs/" + job + "/files", "Accept", "text/event-stream");
    Reply ofNobody = client().get("/jobs/nope/files", "Accept", "text/event-stream");

    assertProblem(reply, 406, "not-acceptable");
    assertProblem(ofNobody, 404, "unknown-job");
  }

  private static List<String> names(Reply reply) {
    return reply.json().at("/files").valueStream().map(file -> text(file, "/name")).toList();
  }
}
