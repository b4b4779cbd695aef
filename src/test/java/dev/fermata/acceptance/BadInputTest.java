package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.net.URLEncoder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused is explained, and leaves nothing behind. */
class BadInputTest extends ServerTest {

  private static final int TWENTY_MB = 20_000_000;
  private static final String NOBODY = "01a200a3-efa9-77e6-ab51-ec565a09fcd5";

  private Traces before = new Traces("", Set.of());

  @BeforeEach
  void lookBefore() {
    before = traces();
  }

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(traces()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"kind\":\"script\",}",
        "{\"kind\":\"script\"} more",
        "{\"kind\":\"script\",\"kind\":\"script\"}",
        "{'kind':'script'}",
        "kind=script",
      })
  void malformedJsonIsRefused(String body) {
    assertProblem(client().postJson("/jobs", body), 400, "malformed-json");
  }

  @Test
  void jsonThatIsNoObjectIsRefused() {
    assertProblem(client().postJson("/jobs", "[]"), 422, "invalid-parameter", "");
  }

  @Test
  void jsonThatIsNotUnicodeIsRefused() {
    byte[] body = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
    Reply reply = client().send("POST", "/jobs", body, "Content-Type", Client.JSON);

    assertThat(reply.status()).isIn(400, 422);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void unknownFieldIsRefusedWithTheNearestName() {
    Reply field = client().postJson("/jobs", "{\"kind\":\"script\",\"timeot\":\"1s\"}");
    Reply input = client().postJson("/jobs", "{\"kind\":\"script\",\"input\":{\"txt\":\"\"}}");
    Reply parameter = client().postForm("/jobs?kind=script&timeot=1s", "x");

    assertThat(assertProblem(field, 422, "invalid-parameter", "/timeot").at("/detail"))
        .contains("\"timeout\"");
    assertThat(assertProblem(input, 422, "invalid-input", "/input/txt").at("/detail"))
        .contains("text");
    assertThat(assertProblem(parameter, 422, "invalid-parameter", "/timeot").at("/detail"))
        .contains("\"timeout\"");
  }

  @Test
  void unknownKindIsRefusedWithTheNearestName() {
    Reply body = client().postJson("/jobs", "{\"kind\":\"scripd\",\"input\":{}}");
    Reply address = client().postForm("/jobs?kind=scripd", "x");

    assertThat(assertProblem(body, 422, "unknown-kind", "/kind").at("/detail"))
        .contains("\"script\"");
    assertProblem(address, 422, "unknown-kind", "/kind");
    assertProblem(client().postForm("/jobs", "x"), 422, "unknown-kind", "/kind");
    assertProblem(client().postForm("/jobs?kind=", "x"), 422, "unknown-kind", "/kind");
    assertProblem(client().postJson("/jobs", "{\"kind\":null}"), 422, "unknown-kind", "/kind");
  }

  @Test
  void missingInputIsRefused() {
    String pointer = "/input/query_sequence";

    assertProblem(
        client().postJson("/jobs", "{\"kind\":\"protein\"}"), 422, "invalid-input", pointer);
    assertProblem(client().post("/jobs?kind=protein"), 422, "invalid-input", pointer);
    assertProblem(client().postForm("/", "query_name=x"), 422, "invalid-input", pointer);
    assertProblem(client().postForm("/", "query_sequence="), 422, "invalid-input", pointer);
  }

  @Test
  void wrongTypesAreRefused() {
    assertProblem(client().postJson("/jobs", "{\"kind\":7}"), 422, "invalid-parameter", "/kind");
    assertProblem(
        client().postJson("/jobs", "{\"kind\":\"script\",\"input\":[]}"),
        422,
        "invalid-parameter",
        "/input");
    assertProblem(
        client().postJson("/jobs", "{\"kind\":\"script\",\"input\":{\"text\":{}}}"),
        422,
        "invalid-input",
        "/input/text");
    assertProblem(
        client().postJson("/jobs", "{\"kind\":\"script\",\"timeout\":5}"),
        422,
        "invalid-parameter",
        "/timeout");
    assertProblem(
        client().postForm("/jobs?kind=typed", "number=seven"),
        422,
        "invalid-input",
        "/input/number");
  }

  @Test
  void twoRecordsWhereOneIsAllowedAreRefused() {
    Reply reply = client().postForm("/jobs?kind=protein", ">a\nMVHL\n>b\nMVHL\n");

    assertProblem(reply, 422, "invalid-input", "/input/query_sequence");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MVHL1TPEEK", "MVHL!", "MV\u00e9L", ">x\nMVHL\n$$\n"})
  void illegalResiduesAreRefused(String sequence) {
    Reply reply = client().postBody("/jobs?kind=protein", "text/plain", sequence);

    assertProblem(reply, 422, "invalid-input", "/input/query_sequence");
  }

  @Test
  void fastaWithoutItsLineBreaksIsRefusedWithTheWayOut() {
    Reply reply = client().postForm("/jobs?kind=protein", ">hbb human beta MVHLTPEEKSAVTALWGKVNV");

    assertThat(assertProblem(reply, 422, "invalid-input", "/input/query_sequence").at("/detail"))
        .contains("--data-binary");
    assertThat(client().postForm("/", ">hbb MVHLTPEEKSAVTALWGKVNV").at("/detail"))
        .contains("--data-binary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "a/b",
        "a\"b",
        "a'b",
        "a\nb",
        "a\rb",
        "a\u0000b",
        "a b",
        "$(id)"
      })
  void hostileNameIsRefused(String name) {
    String value = URLEncoder.encode(name, UTF_8);
    Reply form = client().postForm("/", "query_sequence=MVHL&query_name=" + value);

    assertProblem(form, 422, "invalid-input", "/input/query_name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\nb", "a\rb", "-n", "@options"})
  void hostileArgumentIsRefused(String word) {
    Reply reply = client().postBody("/jobs?kind=argument", "text/plain", word);

    assertProblem(reply, 422, "invalid-input", "/input/word");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "~/.ssh/id_rsa", "../other", "a/../..", "of=/etc/passwd"})
  void pathAsAnArgumentIsRefusedWithTheWayToGoInstead(String word) {
    Reply reply = client().postBody("/jobs?kind=argument", "text/plain", word);

    assertProblem(reply, 422, "invalid-input", "/input/word");
    assertThat(reply.at("/detail")).contains("path", "files:");
  }

  @Test
  void nulIsRefusedInAnyInput() {
    assertProblem(
        client().postBody("/jobs?kind=script", "text/plain", "a\u0000b"),
        422,
        "invalid-input",
        "/input/text");
    assertProblem(
        client().postJson("/jobs", "{\"kind\":\"script\",\"input\":{\"text\":\"a\\u0000b\"}}"),
        422,
        "invalid-input",
        "/input/text");
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    Reply reply = client().postForm("/jobs?kind=protein", "query_name=a/b&query_sequence=M1");

    assertProblem(reply, 422, "invalid-input", "/input/query_name", "/input/query_sequence");
  }

  @Test
  void badlyEncodedFormIsRefused() {
    Reply reply = client().postForm("/jobs?kind=protein", "query_sequence=MV%zzHL");

    assertProblem(reply, 422, "invalid-input", "/input/query_sequence");
    assertProblem(
        client().postForm("/jobs?kind=protein", "query_sequence=MVHL&query_sequence=MVHL"),
        422,
        "invalid-input",
        "/input/query_sequence");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "/",
        "text/",
        "application/xml",
        "image/png",
        "text/plain; charset=klingon",
        "multipart/form-data",
        "application/json; charset=klingon",
      })
  void nonsenseAsMediaTypeIsRefused(String type) {
    Reply reply = client().postBody("/jobs?kind=protein", type, "MVHL");

    assertProblem(reply, 415, "unsupported-media-type");
    assertThat(reply.header("Accept-Post")).contains("application/json", "text/*");
  }

  @Test
  void malformedMultipartIsRefused() {
    String type = "multipart/form-data; boundary=limit";

    assertProblem(
        client().postBody("/jobs?kind=script", type, "no parts here"), 400, "bad-request");
    assertProblem(
        client().postBody("/jobs?kind=script", type, "--limit\r\nContent-Disposition: form"),
        400,
        "bad-request");
  }

  @Test
  void largeBodyOfKnownLengthIsRefusedWhileTheClientKeepsWriting() throws IOException {
    try (var wire = new Wire(client().port())) {
      wire.lines(
          "POST /jobs?kind=script HTTP/1.1",
          "Host: localhost",
          "Content-Type: text/plain",
          "Content-Length: " + TWENTY_MB,
          "");
      keepWriting(wire, new byte[TWENTY_MB]);

      assertProblem(wire.read(), 413, "too-large");
    }
  }

  @Test
  void largeChunkedBodyIsRefusedWhileTheClientKeepsWriting() throws IOException {
    int chunk = 1_000_000;
    try (var wire = new Wire(client().port())) {
      wire.lines(
          "POST /jobs?kind=script HTTP/1.1",
          "Host: localhost",
          "Content-Type: text/plain",
          "Transfer-Encoding: chunked",
          "");
      for (int sent = 0; sent < TWENTY_MB; sent += chunk) {
        wire.lines(Integer.toHexString(chunk)).bytes(new byte[chunk]).lines("");
      }
      wire.lines("0", "");

      assertProblem(wire.read(), 413, "too-large");
    }
  }

  @Test
  void largeBodyIsRefusedBeforeItIsSentToAClientThatAsksFirst() throws IOException {
    try (var wire = new Wire(client().port())) {
      Reply reply =
          wire.lines(
                  "POST /jobs?kind=script HTTP/1.1",
                  "Host: localhost",
                  "Content-Type: text/plain",
                  "Expect: 100-continue",
                  "Content-Length: " + TWENTY_MB,
                  "")
              .read();

      assertProblem(reply, 413, "too-large");
    }
  }

  @Test
  void largeChunkedBodyIsRefusedToAClientThatAsksFirstToo() throws IOException {
    try (var wire = new Wire(client().port())) {
      wire.lines(
          "POST /jobs?kind=script HTTP/1.1",
          "Host: localhost",
          "Content-Type: text/plain",
          "Expect: 100-continue",
          "Transfer-Encoding: chunked",
          "");
      assertThat(wire.read().status()).isEqualTo(100);
      wire.lines(Integer.toHexString(TWENTY_MB)).bytes(new byte[TWENTY_MB]).lines("", "0", "");

      assertProblem(wire.read(), 413, "too-large");
    }
  }

  /** A server may close while the client still writes, but only after its answer. */
  private static void keepWriting(Wire wire, byte[] body) throws IOException {
    try {
      wire.bytes(body);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("Broken pipe");
    }
  }

  @Test
  void bodyThatEndsTooEarlyIsRefused() throws IOException {
    try (var wire = new Wire(client().port())) {
      wire.lines(
          "POST /jobs?kind=script HTTP/1.1",
          "Host: localhost",
          "Content-Type: text/plain",
          "Content-Length: 100",
          "",
          "only this");
    }
    assertThat(client().get("/backlog").status()).isEqualTo(200);
  }

  @Test
  void vanishedProgramMakesItsKindUnavailable() {
    Reply reply = assertProblem(client().post("/jobs?kind=vanished"), 503, "kind-unavailable");

    assertThat(reply.header("Retry-After")).matches("[1-9]\\d*");
    assertThat(reply.at("/detail")).contains("no-such-program-anywhere", "ask somebody");
  }

  @Test
  void preferenceThatIsNoTimeIsRefused() {
    assertProblem(client().post("/jobs?kind=script", "Prefer", "wait=soon"), 400, "bad-preference");
    assertProblem(client().post("/jobs?kind=script", "Prefer", "wait=-1"), 400, "bad-preference");
  }

  @Test
  void formWithAMisspeltNameIsToldWhichOneWasMeant() {
    Reply reply =
        client().postForm("/jobs?kind=align", "query_name=X&query_sequnce=MVHLTPEEKSAVTALWGKV");
    assertProblem(reply, 422, "invalid-input", "/input", "/input/query_sequence");
    assertThat(reply.at("/detail")).contains("looks like a form", "query_sequence");
  }

  @Test
  void jsonThatDoesNotSaySoIsToldHowTo() {
    String body = "{\"kind\":\"align\",\"input\":{\"query_sequence\":\"MVHLTPEEK\"}}";
    for (String path : List.of("/jobs", "/jobs?kind=align", "/")) {
      Reply reply = client().postForm(path, body);
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.at("/detail")).contains("Content-Type: application/json");
    }
  }

  @Test
  void compressedBodyIsRefused() {
    assertProblem(
        client().post("/jobs?kind=align", "Content-Encoding", "gzip"),
        415,
        "unsupported-media-type");
  }

  @ParameterizedTest
  @CsvSource({
    "timeout, 0s",
    "timeout, soon",
    "timeout, 6m",
    "timeout, -1s",
    "timeout, 99999999999s",
    "lane, nowhere",
    "maxAttempts, 0",
    "maxAttempts, many",
    "maxAttempts, 2",
    "maxAttempts, 99999999999",
    "notBefore, soon",
    "notBefore, 2026-01-01T12:00:00",
    "notBefore, 2026-01-01",
    "notBefore, 9999-01-01T00:00:00Z",
    "session, ..",
    "session, a/b",
    "onBusy, rejct",
    "onBusy, reject",
    "onCancel, keep",
    "onFailure, keep",
    "onDisconnect, cancel",
    "onDisconnect, leave",
    "disconnectGrace, 2s",
    "disconnectGrace, -1s",
  })
  void badValueOfAnOptionIsRefused(String option, String value) {
    Reply reply = client().postForm("/jobs?kind=script&" + option + "=" + value, "x");

    assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
    assertThat(reply.at("/errors/0/pointer")).isEqualTo("/" + option);
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 0",
    "limit, -1",
    "limit, many",
    "after, x",
    "after, MDA",
    "status, asleep",
    "kind, nowhere",
    "lane, nowhere",
    "lmit, 5"
  })
  void badFilterIsRefused(String name, String value) {
    Reply reply = client().get("/jobs?" + name + "=" + value);

    assertProblem(reply, 422, "invalid-parameter", "/" + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/result", "/files", "/files/x", "/files.zip"})
  void unknownIdIsNotFound(String what) {
    assertProblem(client().get("/jobs/" + NOBODY + what), 404, "unknown-job");
    assertProblem(client().get("/jobs/nonsense" + what), 404, "unknown-job");
  }

  /** The actuator reads them in its own way. */
  @ParameterizedTest
  @ValueSource(strings = {"/actuator/health", "/actuator/health/readiness", "/actuator/prometheus"})
  void oddMediaTypesAreNoMistakeOfTheServer(String path) {
    assertThat(client().get(path, "Accept", "application/json;,").status()).isIn(400, 406);
    String odd = "application/json; charset=${x}";
    assertThat(client().get(path, "Content-Type", odd).status()).isIn(200, 415);
  }

  @Test
  void unknownAddressIsNotFound() {
    assertProblem(client().get("/nowhere"), 404, "not-found");
    assertProblem(client().get("/problems/nothing"), 404, "not-found");
    assertProblem(client().get("/kinds/nothing"), 404, "not-found");
    assertProblem(client().get("/actuator/health/nothing"), 404, "not-found");
    assertProblem(client().get("/actuator/health/nothing/at/all"), 404, "not-found");
    assertThat(client().send("HEAD", "/actuator/health/nothing", new byte[0]).status())
        .isIn(204, 404); // Spring Boot has 204
    assertThat(client().send("HEAD", "/actuator/metrics/nothing", new byte[0]).status())
        .isIn(204, 404);
    assertProblem(client().get("/actuator/health/worker/nothing"), 404, "not-found");
    assertProblem(client().get("/actuator/health/readiness/nothing"), 404, "not-found");
    assertProblem(client().get("/actuator/health/readiness/nothing/at/all"), 404, "not-found");
    assertProblem(client().get("/static/nothing.css"), 404, "not-found");
    assertProblem(client().get("/static/%2e%2e"), 404, "not-found");
    assertProblem(client().get("/static/%2e%2e/application.yml"), 404, "not-found");
  }

  @Test
  void wrongMethodIsRefusedWithTheRightOnes() {
    assertThat(allowed(client().delete("/jobs"))).containsExactlyInAnyOrder("GET", "POST");
    assertThat(allowed(client().send("PUT", "/backlog", new byte[0]))).containsExactly("GET");
    assertThat(allowed(client().post("/kinds"))).containsExactly("GET");
    assertThat(allowed(client().post("/jobs/" + NOBODY)))
        .containsExactlyInAnyOrder("GET", "DELETE");
  }

  private List<String> allowed(Reply reply) {
    assertProblem(reply, 405, "method-not-allowed");
    return List.of(reply.header("Allow").split(", "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jobs", "/backlog", "/kinds"})
  void answerThatCannotBeHadIsNotAcceptable(String path) {
    assertProblem(client().get(path, "Accept", "image/png"), 406, "not-acceptable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /jobs|x HTTP/1.1",
        "GET /jobs/%zz HTTP/1.1",
        "GET /jobs/%00 HTTP/1.1",
        "GET /jobs/a%2fb HTTP/1.1",
        "GET /jobs\\x HTTP/1.1",
        "GET /jobs;x=% HTTP/1.1",
        "PUT /jobs;x=%zz HTTP/1.1",
        "GET /actuator/prometheus?includedNames=%zz HTTP/1.1",
        "GET /actuator/metrics/jvm.memory.used?tag=%ff HTTP/1.1",
        "GET /jobs HTTP/0.9",
        "CONNECT /jobs HTTP/1.1",
      })
  void requestLineThatIsNoHttpIsRefusedWithAProblemToo(String line) throws IOException {
    try (var wire = new Wire(client().port())) {
      assertProblem(wire.lines(line, "Host: localhost", "").read(), 400, "bad-request");
    }
  }

  @Test
  void bodyInAnUnknownCodingIsRefused() throws IOException {
    try (var wire = new Wire(client().port())) {
      wire.lines("POST /jobs HTTP/1.1", "Host: here", "Transfer-Encoding: identity", "");

      assertProblem(wire.read(), 400, "bad-request");
    }
  }
}
