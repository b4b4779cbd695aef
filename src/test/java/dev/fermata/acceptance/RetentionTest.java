package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.acceptance.Follower.Told;
import dev.fermata.job.Answer;
import dev.fermata.job.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** What clients are told of what is no longer kept. */
@Import(TravelClock.class)
@TestPropertySource(
    properties = {
      "fermata.retention.events=1h",
      "fermata.retention.files=2h",
      "fermata.retention.jobs=3h",
      "fermata.retention.tombstones=4h",
      "fermata.retention.sweep=20ms"
    })
class RetentionTest extends ServerTest {

  private static final String SSE = "Accept: text/event-stream";
  private static final String NDJSON = "Accept: application/x-ndjson";
  private static final Duration HOUR = Duration.ofHours(1);

  /** Queued, running, three chunks and the end. */
  private static final int LAST = 6;

  @Autowired private TravelClock clock;

  @BeforeEach
  void writeScript() {
    script.on(
        "writes",
        run -> {
          for (int n = 0; n < 3; n++) {
            run.chunk("stdout", "word ");
          }
          Files.writeString(run.directory().resolve("out.txt"), "written");
          return new Answer(Result.inFile(Result.TEXT, "out.txt"), null);
        });
  }

  private String finished() {
    String id = client().submit("script", "writes");
    client().ended(id);
    return id;
  }

  private String withoutEvents() {
    String id = finished();
    clock.pass(HOUR);
    Eventually.holds(() -> events(id, "").size() == 2);
    return id;
  }

  private JsonNode events(String id, String query) {
    return client().get("/jobs/" + id + "/events" + query).json();
  }

  @Test
  void eventsThatAreGoneAreOneGapInTheArray() {
    String id = withoutEvents();

    JsonNode gap = events(id, "").get(0);
    assertThat(gap.propertyNames()).containsExactly("id", "type", "at", "data");
    assertThat(gap.at("/id").isNull()).isTrue();
    assertThat(gap.at("/type").asString()).isEqualTo("gap");
    assertThat(gap.at("/data").toString()).isEqualTo("{\"first\":" + LAST + "}");
    assertThat(events(id, "").get(1).at("/id").asInt()).isEqualTo(LAST);
    assertThat(events(id, "").get(1).at("/data")).isEqualTo(client().job(id).json());
    assertThat(events(id, "?after=2")).isEqualTo(events(id, ""));
    assertThat(events(id, "?after=" + (LAST - 1))).hasSize(1);
    assertThat(events(id, "?after=" + LAST)).isEmpty();
    assertThat(client().job(id).json().at("/lastEventId").asInt()).isEqualTo(LAST);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, LAST - 2})
  void streamThatGoesOnBeforeTheGapIsToldOfItAndThenOfTheEnd(int cursor) throws IOException {
    String id = withoutEvents();
    try (Follower client =
        Follower.get(client().port(), "/jobs/" + id + "/events", SSE, "Last-Event-ID: " + cursor)) {
      List<Told> told = client.rest();

      assertThat(told).extracting(Told::type).containsExactly("gap", "end");
      assertThat(told).extracting(Told::id).containsExactly("", Integer.toString(LAST));
      assertThat(told.getFirst().text()).isEqualTo("{\"first\":" + LAST + "}");
      assertThat(told.getLast().data().at("/status").asString()).isEqualTo("succeeded");
    }
  }

  @Test
  void streamThatGoesOnAfterTheGapIsNotToldOfIt() throws IOException {
    String id = withoutEvents();
    String path = "/jobs/" + id + "/events";
    try (Follower client =
        Follower.get(client().port(), path, SSE, "Last-Event-ID: " + (LAST - 1))) {
      assertThat(client.rest()).extracting(Told::type).containsExactly("end");
    }
    Reply nothing =
        client().get(path, "Accept", "text/event-stream", "Last-Event-ID", String.valueOf(LAST));
    assertThat(nothing.status()).isEqualTo(204);
  }

  @Test
  void gapIsALineOfItsOwn() throws IOException {
    String id = withoutEvents();
    try (Follower client = Follower.get(client().port(), "/jobs/" + id + "/events", NDJSON)) {
      assertThat(client.line())
          .startsWith("{\"id\":null,\"type\":\"gap\",\"at\":\"")
          .endsWith("\"data\":{\"first\":" + LAST + "}}");
      assertThat(client.line()).startsWith("{\"id\":" + LAST + ",\"type\":\"end\"");
      assertThat(client.line()).isNull();
    }
  }

  @Test
  void filesThatAreGoneAnswer410AndTheJobStays() {
    String id = finished();
    String inline = client().submit("script", "short");
    client().ended(inline);
    assertThat(client().get("/jobs/" + id + "/result").text()).isEqualTo("written");

    clock.pass(HOUR.multipliedBy(2));
    Eventually.holds(() -> client().get("/jobs/" + id + "/files").status() != 200);

    for (String gone : List.of("/files", "/files/out.txt", "/files.zip", "/result")) {
      assertProblem(client().get("/jobs/" + id + gone), 410, "gone");
    }
    Eventually.holds(() -> !Files.exists(experiments().resolve(id)));
    assertThat(client().status(id)).isEqualTo("succeeded");
    assertThat(client().get("/jobs/" + inline + "/result").text()).isEqualTo("short");
  }

  @Test
  void jobSaysWhenItGoesAndThenIsGone() {
    Script.Hold hold = script.hold("holds");
    String running = client().submit("script", "holds");
    hold.awaitBegin();
    assertThat(client().job(running).json().at("/expiresAt").isNull()).isTrue();
    hold.release();
    Reply ended = client().ended(running);
    Instant end = Instant.parse(ended.at("/finishedAt"));
    assertThat(Instant.parse(ended.at("/expiresAt"))).isEqualTo(end.plus(HOUR.multipliedBy(3)));

    clock.pass(HOUR.multipliedBy(3));
    Eventually.holds(() -> client().job(running).status() != 200);

    for (String gone : List.of("", "/events", "/files", "/files.zip", "/result")) {
      assertProblem(client().get("/jobs/" + running + gone), 410, "gone");
    }
    assertThat(client().get("/jobs?status=succeeded").json().at("/jobs"))
        .noneMatch(job -> job.at("/id").asString().equals(running));

    clock.pass(HOUR.multipliedBy(4));
    Eventually.holds(() -> client().job(running).status() == 404);
  }

  @Test
  void whatIsUnfinishedIsKept() {
    Script.Hold hold = script.hold("holds");
    String running = client().submit("script", "holds");
    String waiting = client().submit("script", "waits");
    hold.awaitBegin();
    String old = finishedInAnotherLane();

    clock.pass(HOUR.multipliedBy(30));
    Eventually.holds(() -> client().job(old).status() != 200);

    assertThat(client().status(waiting)).isEqualTo("queued");
    assertThat(events(running, "")).hasSize(2);
    assertThat(experiments().resolve(running)).isDirectory();
    hold.release();
    client().ended(waiting);
  }

  private String finishedInAnotherLane() {
    Reply reply = client().postBody("/jobs?kind=script&lane=wide", "text/plain", "quick");
    client().ended(reply.id());
    return reply.id();
  }
}
