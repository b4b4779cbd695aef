package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.kind.Run;
import dev.fermata.session.Session;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Sessions are made by the first job on them or by hand, grow by a turn at a time, and are shown.
 */
class SessionsTest extends ServerTest {

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @Test
  void sessionThatNobodyUsedIsUnknown() {
    assertProblem(client().get("/sessions/nobody"), 404, "unknown-session");
    assertProblem(client().get("/sessions/nobody/messages"), 404, "unknown-session");
    assertProblem(client().delete("/sessions/nobody"), 404, "unknown-session");
  }

  @Test
  void firstJobMakesItsSession() {
    script.on("turn", run -> say(run, "user", "Hello", "assistant", "Good day"));
    Reply job = turn("first-job", "turn");

    Reply reply = client().get("/sessions/first-job");
    JsonNode session = reply.json();
    JsonNode answer = session.at("/messages/1");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).endsWith("}\n");
    assertThat(reply.keys())
        .containsExactly(
            "id", "meta", "version", "total", "created", "updated", "job", "messages", "links");
    assertThat(reply.id()).isEqualTo("first-job");
    assertThat(session.at("/meta").toString()).isEqualTo("{}");
    assertThat(session.at("/version").asLong()).isEqualTo(1);
    assertThat(session.at("/total").asLong()).isEqualTo(2);
    assertThat(session.at("/job").isNull()).isTrue();
    assertThat(List.of(text(session, "/created"), text(session, "/updated")))
        .allMatch(time -> time.matches(TIME));
    assertThat(answer.propertyNames())
        .containsExactly("index", "role", "content", "at", "job", "outcome");
    assertThat(answer.at("/index").asLong()).isEqualTo(1);
    assertThat(text(answer, "/role")).isEqualTo("assistant");
    assertThat(text(answer, "/content")).isEqualTo("Good day");
    assertThat(text(answer, "/at")).matches(TIME);
    assertThat(text(answer, "/job")).isEqualTo(job.id());
    assertThat(text(answer, "/outcome")).isEqualTo("succeeded");
  }

  @Test
  void jobNamesItsSessionAndIsFoundByIt() {
    String one = turn("found", "x").id();
    String two = turn("found", "x").id();
    turn("other", "x");
    Reply job = client().job(two);

    assertThat(job.at("/session")).isEqualTo("found");
    assertThat(job.at("/links/session")).isEqualTo("/sessions/found");
    assertThat(job.json().at("/lastEventId").asLong()).isEqualTo(3);
    assertThat(ids(client().get("/jobs?session=found"))).containsExactly(two, one);
    assertThat(ids(client().get("/jobs?session=nobody"))).isEmpty();
    assertProblem(client().get("/jobs?session=a/b"), 422, "invalid-session-id", "/session");
    assertProblem(client().post("/jobs/cancel?session=.."), 422, "invalid-session-id", "/session");
  }

  @Test
  void jobsOfOneSessionAreCancelledTogether() {
    Script.Hold hold = script.hold("holds");
    client().submit("script", "holds");
    hold.awaitBegin();
    String one = submit("together", "x");
    String two = submit("together", "x");
    String other = submit("apart", "x");

    assertThat(client().post("/jobs/cancel?session=nobody").text()).isEqualTo("{\"count\":0}\n");
    assertThat(client().post("/jobs/cancel?session=together").text()).isEqualTo("{\"count\":2}\n");
    assertThat(List.of(client().status(one), client().status(two)))
        .containsExactly("cancelled", "cancelled");
    assertThat(client().status(other)).isEqualTo("queued");
  }

  @Test
  void onlyTheNewestMessagesAreShownAndOlderOnesArePaged() {
    script.on("long", run -> sayTimes(run, 36, "message"));
    turn("long", "long");

    assertThat(indexes(client().get("/sessions/long"))).isEqualTo(range(6, 36));
    Reply newest = client().get("/sessions/long/messages?limit=10");
    assertThat(indexes(newest)).isEqualTo(range(26, 36));
    assertThat(newest.json().at("/next").asLong()).isEqualTo(26);
    assertThat(indexes(client().get("/sessions/long/messages"))).isEqualTo(range(0, 36));
    assertThat(indexes(client().get("/sessions/long/messages?before=26&limit=20")))
        .isEqualTo(range(6, 26));
    Reply oldest = client().get("/sessions/long/messages?before=6");
    assertThat(indexes(oldest)).isEqualTo(range(0, 6));
    assertThat(oldest.json().at("/next").isNull()).isTrue();
    assertThat(indexes(client().get("/sessions/long/messages?before=0"))).isEmpty();
    for (String bad : List.of("before=-1", "before=x", "before=", "limit=0", "befor=1")) {
      Reply refused = client().get("/sessions/long/messages?" + bad);
      assertProblem(refused, 422, "invalid-parameter", "/" + bad.split("=", 2)[0]);
    }
  }

  @Test
  void pageOfLongMessagesEndsEarly() {
    script.on("longs", run -> sayTimes(run, 12, "x".repeat(300_000)));
    turn("longs", "longs");

    Reply newest = client().get("/sessions/longs/messages?limit=500");
    assertThat(indexes(newest)).isEqualTo(range(2, 12));
    assertThat(newest.json().at("/next").asLong()).isEqualTo(2);
    assertThat(indexes(client().get("/sessions/longs/messages?before=2"))).isEqualTo(range(0, 2));
  }

  @Test
  void sessionsAreListedNewestFirstWithoutTheirMessages() {
    for (String id : List.of("list-a", "list-b", "list-c")) {
      client().putJson("/sessions/" + id, "{\"meta\":{}}");
    }
    client().putJson("/sessions/list-a", "{\"meta\":{\"changed\":true}}");

    Reply first = client().get("/sessions?limit=2");
    Reply second = client().get("/sessions?limit=1&after=" + first.at("/next"));

    assertThat(first.keys()).containsExactly("sessions", "next");
    assertThat(first.json().at("/sessions").valueStream().map(it -> text(it, "/id")))
        .containsExactly("list-c", "list-b");
    assertThat(second.at("/sessions/0/id")).isEqualTo("list-a");
    assertThat(first.json().at("/sessions/0").propertyNames())
        .contains("meta", "version", "total", "job")
        .doesNotContain("messages");
    assertProblem(client().get("/sessions?limit=0"), 422, "invalid-parameter", "/limit");
    assertProblem(client().get("/sessions?after=x"), 422, "invalid-parameter", "/after");
  }

  @Test
  void oneCanAskWhetherThereIsASession() {
    client().putJson("/sessions/looked-for", "{\"meta\":{}}");

    Reply found = client().get("/sessions?session=looked-for");
    assertThat(found.json().at("/sessions")).hasSize(1);
    assertThat(found.at("/sessions/0/id")).isEqualTo("looked-for");
    assertThat(client().get("/sessions?session=looked").json().at("/sessions")).isEmpty();
    assertThat(client().get("/sessions?session=looked-for&limit=abc").status()).isEqualTo(422);
    Reply bad = client().get("/sessions?session=a/b");
    assertProblem(bad, 422, "invalid-session-id", "/session");
  }

  @Test
  void unchangedSessionIsNotSentAgain() {
    client().putJson("/sessions/tagged", "{\"meta\":{}}");
    String tag = client().get("/sessions/tagged").header("ETag");

    assertThat(client().get("/sessions/tagged", "If-None-Match", tag).status()).isEqualTo(304);
    client().putJson("/sessions/tagged", "{\"meta\":{}}");
    assertThat(client().get("/sessions/tagged", "If-None-Match", tag).status()).isEqualTo(200);
  }

  @Test
  void everythingIsSaidInOneLineToo() {
    client().putJson("/sessions/spoken", "{\"meta\":{}}");

    for (String path : List.of("/sessions", "/sessions/spoken", "/sessions/spoken/messages")) {
      Reply line = client().get(path, "Accept", "text/plain");
      assertThat(line.status()).isEqualTo(200);
      assertThat(line.text()).matches("[^\n]+\n");
    }
  }

  private Reply turn(String session, String text) {
    return client().ended(submit(session, text));
  }

  private String submit(String session, String text) {
    Reply reply = client().postBody("/jobs?kind=script&session=" + session, "text/plain", text);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
    return reply.id();
  }

  private static Answer say(Run run, String... rolesAndContents) {
    Session session = Objects.requireNonNull(run.session());
    for (int n = 0; n < rolesAndContents.length; n += 2) {
      session.append(rolesAndContents[n], rolesAndContents[n + 1]);
    }
    return Script.answer("said");
  }

  private static Answer sayTimes(Run run, int times, String what) {
    for (int n = 0; n < times; n++) {
      say(run, "user", what);
    }
    return Script.answer("said");
  }

  private static List<String> ids(Reply list) {
    return list.json().at("/jobs").valueStream().map(it -> text(it, "/id")).toList();
  }

  private static List<Integer> indexes(Reply reply) {
    return reply.json().at("/messages").valueStream().map(it -> it.at("/index").asInt()).toList();
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
