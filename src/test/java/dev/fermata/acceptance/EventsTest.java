package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.acceptance.Follower.Told;
import dev.fermata.job.Progress;
import dev.fermata.kind.JobHandler;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What happens to a job is told to whoever watches: in order, each once, to the end. */
class EventsTest extends ServerTest {

  private static final String SSE = "Accept: text/event-stream";
  private static final String NDJSON = "Accept: application/x-ndjson";

  /** In the text that a program gives out, nothing is special. */
  private static final String ODD = "a\r\n\r\ndata: b\rc\n\u2028\u00e9 \ud83e\uddec";

  /** Queued, running, some chunks, a progress and the end. */
  private String finished() {
    script.on("talks", telling(6));
    String id = client().submit("script", "talks");
    client().ended(id);
    return id;
  }

  private static JobHandler telling(int chunks) {
    return run -> {
      for (int n = 0; n < chunks; n++) {
        run.chunk(n % 2 == 0 ? "stdout" : "stderr", ODD + n);
      }
      run.progress(new Progress(0.5, "half"));
      return Script.answer("told");
    };
  }

  @Test
  void submissionCanBeFollowedFromItsFirstEvent() throws Exception {
    script.on("talks", telling(2));
    try (Follower client =
        Follower.post(client().port(), "/jobs?kind=script", "talks", SSE, "Content-Type: a/b")) {
      assertThat(client.status()).isEqualTo(415);
    }
    try (Follower client =
        Follower.post(
            client().port(), "/jobs?kind=script", "talks", SSE, "Content-Type: text/plain")) {
      List<Told> told = client.rest();
      Told end = told.getLast();
      String id = end.data().at("/id").asString();

      assertThat(client.status()).isEqualTo(200);
      assertThat(client.header("Content-Type")).startsWith("text/event-stream");
      assertThat(client.header("Cache-Control")).isEqualTo("no-cache");
      assertThat(client.header("X-Accel-Buffering")).isEqualTo("no");
      assertThat(client.header("Location")).isEqualTo("/jobs/" + id);
      assertThat(client.header("Content-Location")).isEqualTo("/jobs/" + id + "/events");
      assertThat(told.getFirst().data().toString())
          .matches("\\{\"status\":\"queued\",\"reason\":null,\"attempt\":0,\"at\":\"[^\"]*Z\"}");
      assertThat(told.get(1).data().at("/status").asString()).isEqualTo("running");
      assertThat(text(told)).isEqualTo(ODD + "0" + ODD + "1");
      assertThat(told).extracting(Told::type).startsWith("status", "status").endsWith("end");
      assertThat(told).extracting(Told::id).isEqualTo(numbers(1, told.size()));
      assertThat(end.data()).isEqualTo(client().job(id).json());
      assertThat(end.data().at("/lastEventId").asInt()).isEqualTo(told.size());
    }
  }

  private static String text(List<Told> told) {
    var text = new StringBuilder();
    told.stream()
        .filter(it -> it.type().equals("chunk"))
        .forEach(it -> text.append(it.data().at("/text").asString()));
    return text.toString();
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void followerThatIsCutOffAnywhereResumes(boolean reset) throws Exception {
    String path = "/jobs/" + finished() + "/events";
    List<Told> all;
    try (Follower client = Follower.get(client().port(), path, SSE)) {
      all = client.rest();
    }
    assertThat(all).hasSizeGreaterThan(3).extracting(Told::type).endsWith("end");
    for (int k = 0; k < all.size(); k++) {
      Follower cut = Follower.get(client().port(), path, SSE);
      assertThat(cut.next(k)).isEqualTo(all.subList(0, k));
      if (reset) {
        cut.reset();
      }
      cut.close();
      try (Follower back = Follower.get(client().port(), path, SSE, "Last-Event-ID: " + k)) {
        assertThat(back.rest()).isEqualTo(all.subList(k, all.size()));
      }
    }
    assertNothingLeft(path, all.size());
  }

  private void assertNothingLeft(String path, int last) {
    String at = Integer.toString(last);
    Reply stream = client().get(path, "Accept", "text/event-stream", "Last-Event-ID", at);
    assertThat(stream.status()).isEqualTo(204);
    assertThat(client().get(path + "?after=" + at).text()).isEqualTo("[]\n");
    assertThat(client().get(path + "?tail=true").text()).isEqualTo("[]\n");
  }

  @Test
  void watchersGetLiveEventsWhereverTheyBegin() throws Exception {
    Script.Hold hold = script.hold("holds");
    String id = client().submit("script", "holds");
    hold.awaitBegin();
    String path = "/jobs/" + id + "/events";
    try (Follower first = Follower.get(client().port(), path, SSE);
        Follower second = Follower.get(client().port(), path + "?after=1", SSE);
        Follower tail = Follower.get(client().port(), path + "?tail=true", SSE);
        Follower lines = Follower.get(client().port(), path, NDJSON)) {
      List<Told> begin = first.next(2);
      hold.release();

      Told end = first.rest().getFirst();
      assertThat(second.rest()).containsExactly(begin.get(1), end);
      assertThat(tail.rest()).containsExactly(end);
      assertThat(lines.header("Content-Type")).startsWith("application/x-ndjson");
      assertThat(lines.line()).startsWith("{\"id\":1,\"type\":\"status\",\"at\":\"20");
    }
  }

  @Test
  void silentStreamsHaveAHeartbeat() throws Exception {
    Script.Hold hold = script.hold("holds");
    String path = "/jobs/" + client().submit("script", "holds") + "/events";
    hold.awaitBegin();
    try (Follower stream = Follower.get(client().port(), path + "?after=2", SSE);
        Follower lines = Follower.get(client().port(), path + "?after=2", NDJSON)) {
      assertThat(stream.line()).startsWith(":");
      assertThat(lines.line()).isEmpty();
    }
  }

  @Test
  void snapshotIsAnArrayAtOnce() {
    Script.Hold hold = script.hold("holds");
    String path = "/jobs/" + client().submit("script", "holds") + "/events";
    hold.awaitBegin();

    Reply reply = client().get(path);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.text()).endsWith("]\n");
    assertThat(reply.json())
        .extracting(it -> it.at("/type").asString())
        .containsExactly("status", "status");
    JsonNode last = reply.json().get(1);
    assertThat(last.propertyNames()).containsExactly("id", "type", "at", "data");
    assertThat(last.at("/data/status").asString()).isEqualTo("running");
    assertThat(client().get(path + "?after=1").json()).hasSize(1);
    assertThat(client().get(path, "Accept", "application/json").json()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "99", "99999999999999999999", "%20"})
  void cursorThatCannotBeIsRefused(String cursor) {
    String path = "/jobs/" + finished() + "/events";

    assertProblem(client().get(path + "?after=" + cursor), 400, "bad-cursor");
    if (!cursor.equals("%20")) {
      Reply header = client().get(path, "Accept", "text/event-stream", "Last-Event-ID", cursor);
      assertProblem(header, 400, "bad-cursor");
    }
  }

  @Test
  void browserThatComesBackGoesOnAtTheAddressThatItBeganWith() {
    String path = "/jobs/" + finished() + "/events?after=1";

    Reply array = client().get(path, "Last-Event-ID", "2");

    assertThat(array.json().at("/0/id").asInt()).isEqualTo(3);
  }

  @Test
  void contradictionsAndUnknownsAreRefused() {
    String id = finished();
    String path = "/jobs/" + id + "/events";

    assertProblem(client().get(path + "?after=1&tail=true"), 422, "invalid-parameter", "/tail");
    assertProblem(client().get(path + "?before=1"), 422, "invalid-parameter", "/before");
    assertProblem(client().get(path, "Accept", "text/html"), 406, "not-acceptable");
    assertProblem(client().get("/jobs/x/events"), 404, "unknown-job");
    client().delete("/jobs/" + id + "?purge=true");
    assertProblem(client().get(path), 410, "gone");
  }

  @Test
  void jsonResultWithLineBreaksKeepsToItsLine() throws IOException {
    script.on("json", run -> Script.json("{\n\"a\":\r\n1}"));
    String id = client().submit("script", "json");
    client().ended(id);
    try (Follower stream = Follower.get(client().port(), "/jobs/" + id + "/events", SSE)) {
      Told end = stream.rest().getLast();
      assertThat(end.type()).isEqualTo("end");
      assertThat(end.data().at("/result/a").asInt()).isEqualTo(1);
    }
  }
}
