package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.job.Progress;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.kind.JobFailed;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What waits, runs and has ended can be looked at, at any time. */
class LookingTest extends ServerTest {

  private static final String UNKNOWN = "01a200a3-efa9-77e6-ab51-ec565a09fcd5";

  @ParameterizedTest
  @ValueSource(strings = {"/backlog", "/backlog/"})
  void emptyBacklogHasItsWholeShape(String path) {
    Reply reply = client().get(path);
    JsonNode lane = reply.json().at("/lanes/0");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).endsWith("}\n");
    assertThat(reply.keys())
        .containsExactly(
            "length",
            "waiting",
            "running",
            "capacity",
            "oldestWaitingSeconds",
            "estimatedDrainSeconds",
            "lanes",
            "jobs",
            "next");
    assertThat(lane.propertyNames())
        .containsExactly(
            "lane",
            "workers",
            "length",
            "waiting",
            "running",
            "capacity",
            "oldestWaitingSeconds",
            "estimatedDrainSeconds");
    assertThat(numbers(reply, "length", "waiting", "running", "oldestWaitingSeconds"))
        .containsExactly(0, 0, 0, 0);
    assertThat(reply.json().at("/capacity").asInt()).isEqualTo(30_002);
    assertThat(reply.json().at("/jobs").toString()).isEqualTo("[]");
    assertThat(reply.json().at("/next").isNull()).isTrue();
    assertThat(reply.json().at("/lanes").valueStream().map(it -> text(it, "/lane")))
        .contains("default", "narrow");
    assertThat(client().get(path, "Accept", "text/plain").text())
        .isEqualTo("Currently 0 jobs in the backlog.\n");
  }

  @Test
  void backlogShowsWhatRunsAndThenWhatWaits() {
    String running = holdOpen();
    String first = client().submit("script", "first");
    String second = client().submit("script", "second");
    String elsewhere = client().submit("narrow", "holds");
    client().awaitStatus(elsewhere, "running");
    String waitsElsewhere = client().submit("narrow", "x");

    Reply all = client().get("/backlog");
    Reply lane = client().get("/backlog?lane=default");

    assertThat(numbers(all, "length", "waiting", "running")).containsExactly(5, 3, 2);
    assertThat(numbers(lane, "length", "waiting", "running")).containsExactly(3, 2, 1);
    assertThat(lane.json().at("/capacity").asInt()).isEqualTo(10000);
    assertThat(lane.json().at("/lanes").size()).isEqualTo(1);
    assertThat(ids(lane)).containsExactly(running, first, second);
    assertThat(positions(lane)).containsExactly(0, 1, 2);
    assertThat(ids(all)).containsExactly(running, elsewhere, first, second, waitsElsewhere);
    assertThat(positions(all)).as("per lane").containsExactly(0, 0, 1, 2, 1);
    assertThat(all.json().at("/jobs/0").has("input")).isFalse();
    assertThat(all.json().at("/jobs/0").has("result")).isFalse();
    assertThat(all.json().at("/jobs/0").size()).isEqualTo(20);
    assertThat(client().get("/backlog?lane=default", "Accept", "text/plain").text())
        .isEqualTo("Currently 3 jobs in the backlog.\n");
    assertThat(client().get("/backlog?lane=narrow", "Accept", "text/plain").text())
        .isEqualTo("Currently 2 jobs in the backlog.\n");
  }

  @Test
  void oneJobIsSpokenOfAsOne() {
    holdOpen();

    assertThat(client().get("/backlog", "Accept", "text/plain").text())
        .isEqualTo("Currently 1 job in the backlog.\n");
  }

  @Test
  void backlogIsPagedWhileAJobRuns() {
    String running = holdOpen();
    List<String> waiting =
        IntStream.range(0, 25).mapToObj(n -> client().submit("script", "n" + n)).toList();

    Reply page = client().get("/backlog?limit=10");
    List<String> all =
        client().all("/backlog?limit=10").stream().map(it -> text(it, "/id")).toList();

    assertThat(ids(page)).hasSize(10).startsWith(running);
    assertThat(page.json().at("/length").asInt()).isEqualTo(26);
    assertThat(all).startsWith(running).hasSize(26);
    assertThat(all.subList(1, 26)).isEqualTo(waiting);
  }

  @Test
  void pageGoesOnWhereTheOneBeforeEndedEvenWhenJobsLeave() {
    holdOpen();
    List<String> waiting =
        IntStream.range(0, 6).mapToObj(n -> client().submit("script", "n" + n)).toList();
    Reply page = client().get("/backlog?limit=3");
    client().post("/jobs/" + waiting.get(0) + "/cancel");
    client().post("/jobs/" + waiting.get(3) + "/cancel");

    assertThat(ids(client().get("/backlog?limit=3&after=" + page.at("/next"))))
        .containsExactly(waiting.get(2), waiting.get(4), waiting.get(5));
  }

  @Test
  void fullLaneRefusesAndSaysWhenToComeBack() {
    Script.Hold hold = script.hold("holds");
    client().submit("narrow", "holds");
    hold.awaitBegin();
    client().submit("narrow", "x");
    client().submit("narrow", "x");
    Traces before = traces();

    Reply reply = assertProblem(client().post("/jobs?kind=narrow"), 503, "backlog-full");

    assertThat(reply.header("Retry-After")).matches("[1-9]\\d*");
    assertThat(traces()).isEqualTo(before);
    assertThat(client().post("/jobs?kind=script").status()).isEqualTo(202);
  }

  @Test
  void jobsAreListedNewestFirstPageAfterPage() {
    List<String> posted = new ArrayList<>();
    for (int n = 0; n < 7; n++) {
      posted.addFirst(client().submit("script", "n" + n));
    }

    Reply first = client().get("/jobs?limit=3");
    Reply second = client().get("/jobs?limit=3&after=" + first.at("/next"));

    assertThat(first.keys()).containsExactly("jobs", "next");
    assertThat(first.text()).endsWith("}\n");
    assertThat(ids(first)).isEqualTo(posted.subList(0, 3));
    assertThat(ids(second)).isEqualTo(posted.subList(3, 6));
    assertThat(first.json().at("/jobs/0").has("input")).isFalse();
    assertThat(first.json().at("/jobs/0").has("result")).isFalse();
    assertThat(client().get("/jobs?limit=100000").status()).isEqualTo(200);
    assertThat(client().get("/jobs?limit=3", "Accept", "text/plain").text())
        .matches("3 jobs, and more after \\S+\\.\n");
  }

  @Test
  void listOfJobsIsFiltered() {
    String running = holdOpen();
    String waits = client().submit("script", "x");
    String cancelled = client().submit("protein", "MVHL");
    client().post("/jobs/" + cancelled + "/cancel");

    assertThat(ids(client().get("/jobs?status=running"))).containsExactly(running);
    assertThat(ids(client().get("/jobs?status=running&status=queued")))
        .containsExactly(waits, running);
    assertThat(ids(client().get("/jobs?status=cancelled&kind=protein&limit=1")))
        .containsExactly(cancelled);
    assertThat(ids(client().get("/jobs?status=queued&lane=narrow"))).isEmpty();
  }

  @Test
  void unchangedDocumentIsNotSentAgain() {
    Script.Hold hold = script.hold("holds");
    String id = client().submit("script", "holds");
    hold.awaitBegin();
    Reply first = client().job(id);
    Reply again = client().get("/jobs/" + id, "If-None-Match", first.header("ETag"));
    hold.release();
    client().ended(id);
    Reply changed = client().get("/jobs/" + id, "If-None-Match", first.header("ETag"));

    assertThat(first.header("ETag")).isNotEmpty();
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.bytes()).isEmpty();
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag")).isNotEqualTo(first.header("ETag"));
  }

  @Test
  void documentShowsProgressWhileTheJobRuns() {
    Script.Hold hold = script.hold("never asked for");
    script.on(
        "half",
        run -> {
          run.progress(new Progress(0.5, "half of it"));
          run.warn("odd");
          return hold.run(run);
        });
    String id = client().submit("script", "half");
    hold.awaitBegin();
    JsonNode running = client().job(id).json();

    assertThat(text(running, "/status")).isEqualTo("running");
    assertThat(running.at("/position").isNull()).isTrue();
    assertThat(running.at("/progress").propertyNames()).containsExactly("fraction", "message");
    assertThat(running.at("/progress/fraction").asDouble()).isEqualTo(0.5);
    hold.release();
    assertThat(client().ended(id).json().at("/warnings").toString()).isEqualTo("[\"odd\"]");
  }

  @Test
  void timelineTellsWhereTheTimeOfAJobWent() {
    Script.Hold hold = script.hold("holds");
    String running = client().submit("script", "holds");
    hold.awaitBegin();
    String waits = client().submit("script", "x");
    String cancelled = client().submit("script", "x");
    client().post("/jobs/" + cancelled + "/cancel");

    assertThat(timeline(running)).containsExactly("submittedAt", "startedAt");
    assertThat(timeline(waits)).containsExactly("submittedAt");
    assertThat(timeline(cancelled)).containsExactly("submittedAt", "finishedAt");
    assertThat(inWords(running)).matches("It waited \\w+ and runs since \\S+Z\\.\n");
    assertThat(inWords(waits)).matches("It waits since \\S+Z\\.\n");
    assertThat(inWords(cancelled)).matches("It waited \\w+ and never started\\.\n");
    hold.release();
    client().ended(waits);
    assertThat(timeline(running))
        .containsExactly("submittedAt", "startedAt", "returnedAt", "finishedAt");
    assertThat(inWords(running)).matches("It waited \\w+, ran \\w+ and closed within \\w+\\.\n");
  }

  /** The times that are known, which come one after another. */
  private List<String> timeline(String id) {
    JsonNode times = client().get("/jobs/" + id + "/timeline").json();
    List<String> known =
        times.propertyNames().stream()
            .filter(name -> name.endsWith("At") && !times.at("/" + name).isNull())
            .toList();
    assertThat(known.stream().map(name -> Instant.parse(text(times, "/" + name)))).isSorted();
    return known;
  }

  private String inWords(String id) {
    return client().get("/jobs/" + id + "/timeline", "Accept", "text/plain").text();
  }

  @Test
  void resultIsServedAsTheHandlerReturnedIt() {
    script.on("json", run -> new Answer(Result.inline(Result.JSON, "{\"hits\": [1.50]}"), null));
    script.on("nothing", run -> new Answer(null, 0));
    Reply json = client().get("/jobs/" + endedJob("json") + "/result");
    Reply text = client().get("/jobs/" + endedJob("no line end é") + "/result");
    Reply nothing = client().get("/jobs/" + endedJob("nothing") + "/result");

    assertThat(json.header("Content-Type")).isEqualTo("application/json");
    assertThat(json.text()).isEqualTo("{\"hits\": [1.50]}\n");
    assertThat(text.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
    assertThat(text.text()).isEqualTo("no line end é");
    assertThat(nothing.status()).isEqualTo(204);
  }

  @Test
  void longResultIsAtItsOwnAddressOnly() {
    String whole = "0123456789".repeat(10_000);
    script.on(
        "long",
        run -> {
          Files.writeString(run.directory().resolve("out.txt"), whole);
          return new Answer(Result.inFile(Result.TEXT, "out.txt"), 0);
        });
    String id = endedJob("long");

    assertThat(client().job(id).json().at("/result").isNull()).isTrue();
    assertThat(client().get("/jobs/" + id + "/result").text()).isEqualTo(whole);
    assertThat(client().get("/jobs/" + id + "/result", "Range", "bytes=5-9").text())
        .isEqualTo("56789");
  }

  @Test
  void jobWithoutResultSaysWhy() {
    script.on(
        "fails",
        run -> {
          throw new JobFailed(Reason.EXIT_CODE, "exit 3", 3);
        });
    script.on(
        "breaks",
        run -> {
          throw new IllegalStateException("broken");
        });
    script.on("slow", script.hold("never asked for"));
    String failed = endedJob("fails");
    String broken = endedJob("breaks");
    String late = client().postForm("/jobs?kind=script&timeout=100ms", "slow").id();
    client().ended(late);
    String running = holdOpen();
    String waits = client().submit("script", "x");
    String cancelled = client().submit("script", "x");
    client().post("/jobs/" + cancelled + "/cancel");

    assertProblem(result(failed), 409, "job-failed");
    assertProblem(result(broken), 409, "job-failed");
    assertProblem(result(late), 409, "job-timed-out");
    assertProblem(result(cancelled), 409, "job-cancelled");
    assertThat(assertProblem(result(running), 409, "result-not-ready").header("Retry-After"))
        .isNotEmpty();
    assertThat(assertProblem(result(waits), 409, "result-not-ready").header("Retry-After"))
        .isNotEmpty();
    assertThat(List.of(client().job(failed).at("/reason"), client().job(broken).at("/reason")))
        .containsExactly("exit_code", "handler_error");
    assertThat(client().job(failed).json().at("/returnCode").asInt()).isEqualTo(3);
    assertThat(client().job(failed).at("/message")).contains("exit 3");
    assertThat(client().job(late).at("/status")).isEqualTo("timed_out");
    assertThat(client().job(late).at("/reason")).isEqualTo("timeout");
    assertThat(client().get("/jobs/" + failed, "Accept", "text/plain").text())
        .contains("failed", "exit_code")
        .matches("[^\n]+\n");
  }

  @Test
  void timesOfAJobAreInOrder() {
    Instant before = Instant.now().minus(Duration.ofSeconds(1));
    JsonNode job = client().job(endedJob("x")).json();

    assertThat(
            List.of(
                before,
                Instant.parse(text(job, "/submittedAt")),
                Instant.parse(text(job, "/startedAt")),
                Instant.parse(text(job, "/finishedAt"))))
        .isSorted();
  }

  @Test
  void kindsAreDescribedWithAnExampleThatWorks() {
    JsonNode kinds = client().get("/kinds").json();
    JsonNode protein = client().get("/kinds/protein").json();

    assertThat(kinds.at("/kinds").valueStream().map(it -> text(it, "/name")))
        .contains("align", "blastp", "hmmsearch", "mafft", "script", "vanished");
    assertThat(protein.at("/inputs/type").asString()).isEqualTo("object");
    assertThat(protein.at("/inputs/required").toString()).isEqualTo("[\"query_sequence\"]");
    assertThat(protein.at("/inputs/properties").propertyNames())
        .containsExactly("query_name", "query_sequence");
    assertThat(text(protein, "/inputs/properties/query_name/default")).isEqualTo("query");
    assertThat(text(protein, "/example"))
        .startsWith("curl ")
        .contains("/jobs?kind=protein", ":" + client().port());
    assertThat(client().get("/kinds/vanished").json().at("/available").asBoolean()).isFalse();
    assertThat(client().get("/kinds", "Accept", "text/plain").text()).matches("[^\n]+\n");
  }

  @Test
  void wayInNamesEveryAddress() {
    Reply json = client().get("/");
    Reply page = client().get("/", "Accept", "text/html");

    assertThat(json.header("Content-Type")).isEqualTo("application/json");
    assertThat(json.json().at("/links").valueStream().map(JsonNode::asString))
        .contains("/backlog", "/jobs", "/kinds", "/actuator/health");
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(client().get("/", "Accept", "text/plain").text()).matches("[^\n]+\n");
  }

  @Test
  void healthKnowsTheWorkerAndTheJournal() {
    Reply health = client().get("/actuator/health");

    assertThat(health.status()).isEqualTo(200);
    assertThat(health.at("/components/worker/status")).isEqualTo("UP");
    assertThat(health.json().at("/components/worker/details/lanes").propertyNames())
        .contains("default", "narrow", "wide");
    assertThat(health.at("/components/worker/details/lanes/default/stalledSeconds")).isEqualTo("0");
    assertThat(client().get("/actuator/prometheus").text())
        .contains("fermata_lane_stalled_seconds{lane=\"default\"} 0.0");
    assertThat(health.at("/components/journal/status")).isEqualTo("UP");
    assertThat(health.at("/components/disk/status")).isEqualTo("UP");
    assertThat(client().get("/actuator/health/liveness").status()).isEqualTo(200);
    assertThat(client().get("/actuator/health/readiness").status()).isEqualTo(200);
    assertThat(client().get("/actuator/prometheus").status()).isEqualTo(200);
  }

  @Test
  void headersOfAnAnswerCanBeHadWithoutIt() {
    Reply reply = client().send("HEAD", "/jobs/" + endedJob("x") + "/result", new byte[0]);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(client().send("HEAD", "/jobs/" + UNKNOWN, "".getBytes(UTF_8)).status())
        .isEqualTo(404);
  }

  private String holdOpen() {
    Script.Hold hold = script.hold("holds");
    String id = client().submit("script", "holds");
    hold.awaitBegin();
    return id;
  }

  private String endedJob(String text) {
    String id = client().submit("script", text);
    client().ended(id);
    return id;
  }

  private Reply result(String id) {
    return client().get("/jobs/" + id + "/result");
  }

  private static List<String> ids(Reply page) {
    return page.json().at("/jobs").valueStream().map(it -> text(it, "/id")).toList();
  }

  /** 0 stands for no position. */
  private static List<Integer> positions(Reply page) {
    return page.json()
        .at("/jobs")
        .valueStream()
        .map(job -> job.at("/position").isNull() ? 0 : job.at("/position").asInt())
        .toList();
  }

  private static List<Integer> numbers(Reply reply, String... names) {
    return List.of(names).stream()
        .map(name -> reply.json().get(name))
        .peek(number -> assertThat(number.isInt()).isTrue())
        .map(JsonNode::asInt)
        .toList();
  }
}
