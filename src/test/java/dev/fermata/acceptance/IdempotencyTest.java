package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.acceptance.Follower.Told;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same request under the same key is the same job, as often as it comes. */
class IdempotencyTest extends ServerTest {

  private static final int AT_ONCE = 20;
  private static final String KEY = "Idempotency-Key";
  private static final String REPLAYED = "Idempotency-Replayed";

  private Reply post(String path, String body, String key, String... more) {
    return post(client(), path, body, key, more);
  }

  private static Reply post(Client client, String path, String body, String key, String... more) {
    String[] all = {"Content-Type", Client.FORM, KEY, key};
    String[] headers = new String[all.length + more.length];
    System.arraycopy(all, 0, headers, 0, all.length);
    System.arraycopy(more, 0, headers, all.length, more.length);
    return client.send("POST", path, body.getBytes(UTF_8), headers);
  }

  private int jobs() {
    return client().all("/jobs?limit=500").size();
  }

  private static void assertReplay(Reply reply, String id) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
    assertThat(reply.header(REPLAYED)).isEqualTo("true");
    assertThat(reply.header("Location")).isEqualTo("/jobs/" + id);
    assertThat(reply.header("Retry-After")).matches("[1-9]\\d*");
  }

  @Test
  void ofTwentyAtOnceOneIsAcceptedAndTheOthersAreThatJobOrToldToComeAgain() throws Exception {
    int before = jobs();
    var start = new CyclicBarrier(AT_ONCE);
    List<Callable<Reply>> all =
        IntStream.range(0, AT_ONCE)
            .<Callable<Reply>>mapToObj(
                i -> {
                  var own = new Client(client().port());
                  own.get("/kinds"); // a connection
                  return () -> {
                    start.await();
                    return post(own, "/jobs?kind=script", "text=x", "twenty");
                  };
                })
            .toList();
    List<Reply> replies;
    try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
      replies = clients.invokeAll(all).stream().map(Future::resultNow).toList();
    }

    List<Reply> first =
        replies.stream().filter(it -> it.status() == 202 && it.header(REPLAYED).isEmpty()).toList();
    assertThat(first).hasSize(1);
    String id = first.getFirst().id();
    for (Reply reply : replies) {
      if (reply.status() == 202) {
        assertThat(reply.id()).isEqualTo(id);
      } else {
        assertProblem(reply, 409, "idempotency-key-in-use");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
      }
    }
    assertReplay(post("/jobs?kind=script", "text=x", "twenty"), id);
    assertThat(jobs()).isEqualTo(before + 1);
  }

  @Test
  void replayIsTheJobAsItIsNow() {
    Reply first = post("/jobs?kind=script", "text=now", "now");
    client().ended(first.id());

    Reply again = post("/jobs?kind=script", "text=now", "now");

    assertThat(first.header(REPLAYED)).isEmpty();
    assertReplay(again, first.id());
    assertThat(again.text()).isEqualTo(client().job(first.id()).text());
    assertThat(again.at("/status")).isEqualTo("succeeded");
  }

  @Test
  void otherBodyQueryOrPathUnderTheSameKeyIsRefused() {
    String id = post("/jobs?kind=script", "text=x", "other").id();
    int before = jobs();

    for (Reply reply :
        List.of(
            post("/jobs?kind=script", "text=y", "other"),
            post("/jobs?kind=script&timeout=9s", "text=x", "other"),
            post("/?kind=script", "text=x", "other"),
            post("/jobs/" + id + "/rerun", "text=x", "other"))) {
      assertProblem(reply, 422, "idempotency-key-reused");
      assertThat(reply.at("/job")).isEqualTo(id);
    }
    assertThat(jobs()).isEqualTo(before);
    assertThat(post("/jobs?kind=script", "text=x", "another").id()).isNotEqualTo(id);
  }

  @Test
  void replayComesThroughWhileTheLaneIsFull() {
    Script.Hold hold = script.hold("holds");
    String first = post("/jobs?kind=narrow", "holds", "full").id();
    hold.awaitBegin();
    client().submit("narrow", "1");
    client().submit("narrow", "2");
    Traces before = traces();

    Reply refused = post("/jobs?kind=narrow", "3", "free");
    assertProblem(refused, 503, "backlog-full");
    assertThat(refused.header("Retry-After")).matches("[1-9]\\d*");
    assertReplay(post("/jobs?kind=narrow", "holds", "full"), first);
    assertThat(traces()).isEqualTo(before);

    hold.release();
    client().ended(first);
    Eventually.holds(() -> client().get("/backlog?lane=narrow").json().at("/length").asInt() == 0);
    Reply later = post("/jobs?kind=narrow", "3", "free");
    assertThat(later.status()).isEqualTo(202);
    assertThat(later.header(REPLAYED)).as("the one refused left the key free").isEmpty();
  }

  @Test
  void refusedRequestLeavesItsKeyFree() {
    assertProblem(
        post("/jobs?kind=script&timeout=no", "x", "mend"), 422, "invalid-parameter", "/timeout");
    assertProblem(post("/jobs?kind=vanished", "", "mend"), 503, "kind-unavailable");

    Reply mended = post("/jobs?kind=script", "x", "mend");

    assertThat(mended.status()).isEqualTo(202);
    assertThat(mended.header(REPLAYED)).isEmpty();
  }

  @Test
  void rejectingMessageIsReplayedThoughItsOwnJobMakesTheSessionBusy() {
    Script.Hold hold = script.hold("holds");
    String path = "/jobs?kind=script&session=once&onBusy=reject";
    Reply first = post(path, "text=holds", "reject");
    hold.awaitBegin();

    assertReplay(post(path, "text=holds", "reject"), first.id());
    assertProblem(post(path, "text=holds", "reject-2"), 409, "session-busy");
    hold.release();
  }

  @Test
  void everyWayToSubmitHasKeys() {
    String message = Turns.message("Say it once");
    Reply said = post("/sessions/keys/messages", message, "say", "Accept", "application/json");
    assertReplay(post("/sessions/keys/messages", message, "say"), said.id());
    client().ended(said.id());
    assertThat(client().get("/sessions/keys").json().at("/total").asInt()).isEqualTo(2);

    Reply rerun = post("/jobs/" + said.id() + "/rerun", "", "rerun");
    assertThat(rerun.status()).isEqualTo(202);
    assertThat(rerun.id()).isNotEqualTo(said.id());
    assertReplay(post("/jobs/" + said.id() + "/rerun", "", "rerun"), rerun.id());

    String query = "query_name=HBB&query_sequence=MVHLTPEEK";
    Reply brief = post("/", query, "brief");
    Reply again = post("/", query, "brief");
    assertReplay(again, brief.at("/Query ID"));
    assertThat(again.keys()).containsExactly("Query created", "Query ID", "Backlog Length");
    assertThat(again.json().at("/Query created")).isEqualTo(brief.json().at("/Query created"));
  }

  @Test
  void rerunIsReplayedThoughTheFirstJobHasBeenRemoved() {
    String removed = client().ended(client().submit("script", "x")).id();
    Reply rerun = post("/jobs/" + removed + "/rerun", "", "after-all");
    client().delete("/jobs/" + removed + "?purge=true");

    assertReplay(post("/jobs/" + removed + "/rerun", "", "after-all"), rerun.id());
  }

  @Test
  void replayOfARemovedJobIsGone() {
    String id = client().ended(post("/jobs?kind=script", "x", "gone").id()).id();
    client().delete("/jobs/" + id + "?purge=true");

    assertProblem(post("/jobs?kind=script", "x", "gone"), 410, "gone");
  }

  @Test
  void whoWaitsTheSecondTimeWaitsForTheFirstJob() {
    Script.Hold hold = script.hold("holds");
    String id = post("/jobs?kind=script", "text=holds", "wait").id();
    hold.awaitBegin();
    Reply tooSoon = post("/jobs?kind=script", "text=holds", "wait", "Prefer", "wait=0");
    assertReplay(tooSoon, id);
    assertThat(tooSoon.at("/status")).isEqualTo("running");
    hold.release();

    Reply ended = post("/jobs?kind=script", "text=holds", "wait", "Prefer", "wait=60");

    assertThat(ended.status()).isEqualTo(200);
    assertThat(ended.header("Preference-Applied")).isEqualTo("wait=60");
    assertThat(ended.header(REPLAYED)).isEqualTo("true");
    assertThat(ended.header("Location")).isEqualTo("/jobs/" + id);
    assertThat(ended.at("/status")).isEqualTo("succeeded");
    assertThat(ended.id()).isEqualTo(id);
  }

  @Test
  void whoStreamsTheSecondTimeGetsTheEventsOfTheFirstJobFromTheFirst() throws IOException {
    String id = post("/jobs?kind=script", "text=stream", "stream").id();
    client().ended(id);
    List<String> types;
    try (Follower follower =
        Follower.post(
            client().port(),
            "/jobs?kind=script",
            "text=stream",
            Turns.SSE,
            "Content-Type: " + Client.FORM,
            KEY + ": stream")) {
      assertThat(follower.status()).isEqualTo(200);
      assertThat(follower.header(REPLAYED)).isEqualTo("true");
      assertThat(follower.header("Location")).isEqualTo("/jobs/" + id);
      assertThat(follower.header("Content-Location")).isEqualTo("/jobs/" + id + "/events");
      types = follower.rest().stream().map(Told::type).toList();
    }
    assertThat(types).containsExactly("status", "status", "end");
  }

  @Test
  void peopleGetTheirLineAgain() {
    String id = post("/jobs?kind=script", "x", "line").id();
    client().ended(id);

    Reply again = post("/jobs?kind=script", "x", "line", "Accept", "text/plain");

    assertReplay(again, id);
    assertThat(again.text()).contains(id, "succeeded").matches("[^\n]+\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", " ", "na\u00efve"})
  void whatCanBeNoKeyIsRefusedByName(String key) throws IOException {
    int before = jobs();
    try (var wire = new Wire(client().port())) {
      Reply reply =
          wire.lines(
                  "POST /jobs?kind=script HTTP/1.1",
                  "Host: localhost",
                  KEY + ": " + key,
                  "Content-Length: 1",
                  "",
                  "x")
              .read();

      assertProblem(reply, 400, "bad-idempotency-key");
      assertThat(reply.at("/detail")).contains(KEY);
    }
    assertThat(jobs()).isEqualTo(before);
  }
}
