package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.JobId;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Queries come in, in every form, and are answered at once. */
class SubmitTest extends ServerTest {

  private static final String BETA = "MVHLTPEEKSAVTALWGKVNVDEVGGEALGRLLVVYPW";
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @Test
  void acceptedJobIsAnsweredWithItsWholeDocument() {
    Script.Hold hold = script.hold("holds");
    client().submit("script", "holds");
    hold.awaitBegin();
    Reply reply = client().postJson("/jobs", "{\"kind\":\"script\",\"input\":{\"text\":\"x\"}}");
    JsonNode job = reply.json();

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("Location")).isEqualTo("/jobs/" + reply.id());
    assertThat(reply.header("Retry-After")).matches("[1-9]\\d*");
    assertThat(reply.text()).endsWith("}\n");
    assertThat(reply.keys())
        .containsExactly(
            "id",
            "kind",
            "lane",
            "session",
            "status",
            "reason",
            "message",
            "attempt",
            "position",
            "estimatedStartAt",
            "submittedAt",
            "startedAt",
            "finishedAt",
            "returnCode",
            "progress",
            "input",
            "result",
            "warnings",
            "lastEventId",
            "finished",
            "expiresAt",
            "links");
    assertThat(JobId.parse(reply.id())).isPresent();
    assertThat(UUID.fromString(reply.id()).version()).isEqualTo(7);
    assertThat(text(job, "/kind")).isEqualTo("script");
    assertThat(text(job, "/lane")).isEqualTo("default");
    assertThat(text(job, "/status")).isEqualTo("queued");
    assertThat(job.at("/attempt").isInt()).isTrue();
    assertThat(job.at("/attempt").asInt()).isZero();
    assertThat(job.at("/position").isInt()).isTrue();
    assertThat(job.at("/position").asInt()).isEqualTo(1);
    assertThat(text(job, "/submittedAt")).matches(TIME);
    assertThat(job.at("/input").toString()).isEqualTo("{\"text\":\"x\",\"more\":\"usual\"}");
    assertThat(job.at("/warnings").isArray()).isTrue();
    assertThat(job.at("/finished").isBoolean()).isTrue();
    assertThat(List.of("session", "reason", "message", "startedAt", "finishedAt", "returnCode"))
        .allMatch(name -> job.get(name).isNull());
    assertThat(List.of("progress", "result", "expiresAt")).allMatch(name -> job.get(name).isNull());
    assertThat(job.at("/lastEventId").asLong()).isEqualTo(1);
    assertThat(job.at("/links").propertyNames())
        .containsExactly("self", "events", "result", "files", "cancel", "rerun", "session");
    assertThat(text(job, "/links/self")).isEqualTo("/jobs/" + reply.id());
    assertThat(text(job, "/links/files")).isEqualTo("/jobs/" + reply.id() + "/files");
    assertThat(text(job, "/links/events")).isEqualTo("/jobs/" + reply.id() + "/events");
    assertThat(job.at("/links/session").isNull()).isTrue();
    hold.release();
    JsonNode ended = client().ended(reply.id()).json();
    assertThat(text(ended, "/status")).isEqualTo("succeeded");
    assertThat(ended.at("/position").isNull()).isTrue();
    assertThat(ended.at("/attempt").asInt()).isEqualTo(1);
    assertThat(text(ended, "/startedAt")).matches(TIME);
    assertThat(text(ended, "/finishedAt")).matches(TIME);
    assertThat(text(ended, "/result")).isEqualTo("x");
  }

  @Test
  void shortFormIsAnsweredWithExactlyItsKeys() {
    Reply reply = client().postForm("/", "query_name=HBB&query_sequence=" + BETA);
    JsonNode created = reply.json().get("Query created");
    String id = reply.at("/Query ID");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.header("Location")).isEqualTo("/jobs/" + id);
    assertThat(reply.header("Retry-After")).isNotEmpty();
    assertThat(reply.text()).endsWith("}\n");
    assertThat(reply.keys()).containsExactly("Query created", "Query ID", "Backlog Length");
    assertThat(created.propertyNames())
        .containsExactly(
            "query_name", "query_sequence", "experiment_id", "status", "experiment_dir");
    assertThat(text(created, "/query_name")).isEqualTo("HBB");
    assertThat(text(created, "/query_sequence")).isEqualTo(BETA);
    assertThat(text(created, "/experiment_id")).isEqualTo(id);
    assertThat(text(created, "/status")).isEqualTo("queued");
    assertThat(text(created, "/experiment_dir")).isEqualTo("/jobs/" + id + "/files");
    assertThat(reply.json().get("Backlog Length").isInt()).isTrue();
    assertThat(reply.json().get("Backlog Length").asInt()).isPositive();
  }

  @Test
  void shortFormCountsItsOwnJob() {
    Script.Hold hold = script.hold("holds");
    client().submit("script", "holds");
    hold.awaitBegin();

    assertThat(List.of(lengthAfterOneMore(), lengthAfterOneMore())).containsExactly(2, 3);
    client().post("/jobs/cancel?status=queued");
    hold.release();
  }

  private int lengthAfterOneMore() {
    Reply reply = client().postForm("/", "query_sequence=" + BETA);
    return reply.json().get("Backlog Length").asInt();
  }

  @Test
  void shortFormTakesEveryForm() {
    assertThat(shortName(client().postJson("/", "{\"input\":{\"query_sequence\":\"MVHL\"}}")))
        .isEqualTo("query");
    assertThat(shortName(client().postJson("/", full("align", "query_sequence", "MVHL"))))
        .isEqualTo("query");
    assertThat(shortName(client().postBody("/", "text/plain", ">one more\nMVHL\n")))
        .isEqualTo("one");
    assertThat(shortName(client().postForm("/", ">two more\nMVHL\n"))).isEqualTo("two");
    assertThat(shortName(client().postForm("/?kind=align", "MVHL"))).isEqualTo("query");
  }

  private static String shortName(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
    return text(reply.json().get("Query created"), "/query_name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/plain; charset=utf-8",
        "text/x-fasta",
        "application/octet-stream",
        "application/fasta",
        "chemical/seq-aa-fasta",
        "application/x-www-form-urlencoded",
      })
  void rawBodyFillsThePrimaryInput(String type) {
    Reply reply = client().postBody("/jobs?kind=protein", type, "MVHLTPEEK");

    assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
    assertThat(reply.at("/input/query_sequence")).isEqualTo("MVHLTPEEK");
    assertThat(reply.at("/input/query_name")).isEqualTo("query");
  }

  @Test
  void bodyWithoutMediaTypeIsRaw() throws Exception {
    try (var wire = new Wire(client().port())) {
      Reply reply =
          wire.lines(
                  "POST /jobs?kind=script HTTP/1.1",
                  "Host: localhost",
                  "Content-Length: 3",
                  "",
                  "x=y")
              .read();

      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.at("/input/text")).isEqualTo("x=y");
    }
  }

  @Test
  void kindWithoutInputsNeedsNoBody() {
    Reply reply = client().post("/jobs?kind=plain");

    assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
    assertThat(reply.json().at("/input").toString()).isEqualTo("{}");
  }

  @Test
  void textIsPassedOnByteForByte() {
    String odd = " a=b&c=%zz\r\n\ttab \"quotes\" é 日本 \uD83E\uDDEC\n\n";

    assertThat(client().postForm("/jobs?kind=script", odd).at("/input/text")).isEqualTo(odd);
    assertThat(client().postBody("/jobs?kind=script", "text/plain", odd).at("/input/text"))
        .isEqualTo(odd);
  }

  @Test
  void formWhoseEveryKeyIsDeclaredIsAForm() {
    Reply form =
        client().postForm("/jobs?kind=script", "text=a+b%26c%3Dd%25%0Ae&more=%F0%9F%A7%AC");
    Reply other = client().postForm("/jobs?kind=script", "text=a&unknown=b");
    Reply odd = client().postForm("/jobs?kind=script", "text=a=b=c");

    assertThat(form.at("/input/text")).isEqualTo("a b&c=d%\ne");
    assertThat(form.at("/input/more")).isEqualTo("\uD83E\uDDEC");
    assertThat(other.at("/input/text")).isEqualTo("text=a&unknown=b");
    assertThat(other.at("/input/more")).isEqualTo("usual");
    assertThat(odd.at("/input/text")).isEqualTo("a=b=c");
  }

  @Test
  void fastaInAnyFormFillsTheName() {
    String fasta = ">sp|P68871|HBB_HUMAN Hemoglobin\nMVHLTPEEK\nSAVTALWGK\n";
    Reply raw = client().postForm("/jobs?kind=protein", fasta);
    Reply form =
        client().postForm("/jobs?kind=protein", "query_sequence=%3Ehbb+x%0AMVHL%0ATPEEK%0A");
    Reply json = client().postJson("/jobs", full("protein", "query_sequence", ">hbb x\\nMVHL\\n"));

    assertThat(raw.at("/input/query_name")).isEqualTo("sp|P68871|HBB_HUMAN");
    assertThat(raw.at("/input/query_sequence")).isEqualTo("MVHLTPEEKSAVTALWGK");
    assertThat(form.at("/input/query_name")).isEqualTo("hbb");
    assertThat(form.at("/input/query_sequence")).isEqualTo("MVHLTPEEK");
    assertThat(json.at("/input/query_name")).isEqualTo("hbb");
    assertThat(json.at("/input/query_sequence")).isEqualTo("MVHL");
  }

  @Test
  void multipartCarriesFieldsAndFiles() {
    byte[] bytes = {0, 1, (byte) 0xff, '\r', '\n', '-', '-'};
    Reply fields =
        multipart("script", part("text", "", "a\r\nb".getBytes(UTF_8)), part("more", "", bytes(0)));
    Reply fasta =
        multipart(
            "protein", part("query_sequence", "; filename=\"q.fa\"", ">x\nMVHL\n".getBytes(UTF_8)));
    Reply file = multipart("upload", part("file", "; filename=\"a.bin\"", bytes));

    assertThat(fields.at("/input/text")).isEqualTo("a\r\nb");
    assertThat(fields.at("/input/more")).isEmpty();
    assertThat(fasta.at("/input/query_name")).isEqualTo("x");
    assertThat(fasta.at("/input/query_sequence")).isEqualTo("MVHL");
    assertThat(file.status()).as(file.toString()).isEqualTo(202);
    assertThat(file.at("/input/file")).contains(Base64.getEncoder().encodeToString(bytes));
  }

  private static byte[] bytes(int length) {
    return new byte[length];
  }

  private static byte[] part(String name, String more, byte[] content) {
    var part = new ByteArrayOutputStream();
    String head = "Content-Disposition: form-data; name=\"" + name + "\"" + more;
    part.writeBytes(("--limit\r\n" + head + "\r\n\r\n").getBytes(UTF_8));
    part.writeBytes(content);
    part.writeBytes("\r\n".getBytes(UTF_8));
    return part.toByteArray();
  }

  private Reply multipart(String kind, byte[]... parts) {
    var body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    body.writeBytes("--limit--\r\n".getBytes(UTF_8));
    return client()
        .send(
            "POST",
            "/jobs?kind=" + kind,
            body.toByteArray(),
            "Content-Type",
            "multipart/form-data; boundary=limit");
  }

  @Test
  void charsetOfTheBodyIsHeeded() {
    Reply reply =
        client()
            .send(
                "POST",
                "/jobs?kind=script",
                "na\u00efve".getBytes(ISO_8859_1),
                "Content-Type",
                "text/plain; charset=iso-8859-1");

    assertThat(reply.at("/input/text")).isEqualTo("na\u00efve");
  }

  @Test
  void numbersAndBooleansBecomeTheirJsonText() {
    String body = "{\"kind\":\"script\",\"input\":{\"text\":1.50e3,\"more\":true}}";
    Reply reply = client().postJson("/jobs", body);

    assertThat(reply.json().at("/input").toString())
        .isEqualTo("{\"text\":\"1.50e3\",\"more\":\"true\"}");
  }

  @Test
  void jsonInputsAreTakenAsTheyWereWritten() {
    String body = "{\"kind\":\"typed\",\"input\":{\"number\":-0.10,\"json\":{\"a\": [1.0, null]}}}";
    Reply reply = client().postJson("/jobs", body);

    assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
    assertThat(reply.at("/input/number")).isEqualTo("-0.10");
    assertThat(reply.at("/input/json")).isEqualTo("{\"a\": [1.0, null]}");
  }

  @Test
  void optionalInputsHaveTheirDefaultOrAreEmpty() {
    Reply reply = client().postJson("/jobs?kind=script", "{\"input\":{}}");

    assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
    assertThat(reply.json().at("/input").toString())
        .isEqualTo("{\"text\":\"\",\"more\":\"usual\"}");
  }

  @Test
  void kindMayStandInTheAddressAndInTheBody() {
    String body = full("script", "text", "x");

    assertThat(client().postJson("/jobs?kind=script", body).status()).isEqualTo(202);
    assertThat(client().postJson("/jobs?kind=script", "{\"input\":{\"text\":\"x\"}}").status())
        .isEqualTo(202);
    assertProblem(client().postJson("/jobs?kind=protein", body), 422, "invalid-parameter", "/kind");
  }

  @Test
  void optionsStandInTheBodyOfTheFullFormAndInTheAddressOfAnyOther() {
    Reply full =
        client()
            .postJson(
                "/jobs",
                "{\"kind\":\"script\",\"input\":{},\"timeout\":\"90s\",\"lane\":\"narrow\"}");
    Reply raw = client().postForm("/jobs?kind=script&timeout=2m&lane=narrow", "x");

    assertThat(full.status()).as(full.toString()).isEqualTo(202);
    assertThat(full.at("/lane")).isEqualTo("narrow");
    assertThat(raw.status()).as(raw.toString()).isEqualTo(202);
    assertThat(raw.at("/lane")).isEqualTo("narrow");
  }

  @Test
  void askingForAnAnswerAtOnceChangesNothing() {
    Reply reply = client().post("/jobs?kind=script", "Prefer", "respond-async");

    assertThat(reply.status()).isEqualTo(202);
  }

  @Test
  void peopleGetOneLine() {
    Reply full =
        client()
            .send(
                "POST",
                "/jobs?kind=script",
                "x".getBytes(UTF_8),
                "Accept",
                "text/plain",
                "Content-Type",
                "text/plain");
    Reply small =
        client()
            .send(
                "POST",
                "/",
                "MVHL".getBytes(UTF_8),
                "Accept",
                "text/plain",
                "Content-Type",
                Client.FORM);

    assertThat(full.status()).isEqualTo(202);
    assertThat(full.header("Content-Type")).startsWith("text/plain");
    assertThat(full.header("Location")).startsWith("/jobs/");
    assertThat(full.text()).contains(full.header("Location").substring(6)).matches("[^\n]+\n");
    assertThat(small.text()).matches("Query [0-9a-f-]{36} created. Currently \\d+ jobs? .*\n");
  }

  private static String full(String kind, String input, String value) {
    return "{\"kind\":\"%s\",\"input\":{\"%s\":\"%s\"}}".formatted(kind, input, value);
  }
}
