package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.acceptance.Follower.Told;
import dev.fermata.kind.Resource;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** What is too much is refused whole, or ended, and nothing else suffers from it. */
@Import(LimitsTest.Deployed.class)
@TestPropertySource(
    properties = {"fermata.limits.owner-waiting=5", "fermata.limits.session-waiting=3"})
class LimitsTest extends ServerTest {

  private static final int AT_ONCE = 50;
  private static final int TOO_LARGE = 17_000_000;
  private static final List<String> TRAIL = new CopyOnWriteArrayList<>();

  @TestConfiguration(proxyBeanMethods = false)
  static class Deployed {

    @Bean
    Resource trail() {
      return run -> {
        TRAIL.add("opened " + run.input("text"));
        return () -> TRAIL.add("closed " + run.input("text"));
      };
    }
  }

  @BeforeEach
  void clearTrail() {
    TRAIL.clear();
  }

  private Script.Hold running(String kind) {
    Script.Hold hold = script.hold("holds");
    client().submit(kind, "holds");
    hold.awaitBegin();
    return hold;
  }

  /** How many rows each table of the journal has. */
  private Map<String, Long> rows() throws SQLException {
    var rows = new TreeMap<String, Long>();
    String file = "jdbc:sqlite:" + experiments().resolveSibling("fermata.db");
    try (var connection = DriverManager.getConnection(file);
        var statement = connection.createStatement()) {
      for (String table :
          List.of("job", "input", "event", "session", "message", "purged", "idempotency")) {
        try (var count = statement.executeQuery("select count(*) from " + table)) {
          rows.put(table, count.getLong(1));
        }
      }
    }
    return rows;
  }

  private Reply postWithAll(String path, byte[] body) {
    String[] headers = {"Content-Type", "text/plain", "Idempotency-Key", "refused"};
    return client().send("POST", path, body, headers);
  }

  @Test
  void fullLaneRefusesWithNothingHalfCreated() throws SQLException {
    Script.Hold hold = running("narrow");
    client().submit("narrow", "1");
    client().submit("narrow", "2");
    Map<String, Long> rows = rows();
    Traces traces = traces();

    Reply refused = postWithAll("/jobs?kind=narrow&session=refused", "3".getBytes(UTF_8));

    assertProblem(refused, 503, "backlog-full");
    assertThat(refused.header("Retry-After")).matches("[1-9]\\d*");
    assertThat(rows()).isEqualTo(rows);
    assertThat(traces()).isEqualTo(traces);
    hold.release();
  }

  @Test
  void bodyThatIsTooLargeIsRefusedWithNothingHalfCreated() throws SQLException {
    Map<String, Long> rows = rows();
    Traces traces = traces();

    assertProblem(postWithAll("/jobs?kind=script", new byte[TOO_LARGE]), 413, "too-large");

    assertThat(rows()).isEqualTo(rows);
    assertThat(traces()).isEqualTo(traces);
  }

  @Test
  void ofFiftyAtOnceOneClientMayHaveItsQuotaWaitingAndNoMore() throws Exception {
    Script.Hold hold = running("script");
    Map<String, Long> rows = rows();
    Callable<Reply> one =
        () -> new Client(client().port()).postForm("/jobs?kind=script", "text=waits");
    List<Reply> replies;
    try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
      replies =
          clients.invokeAll(Stream.generate(() -> one).limit(AT_ONCE).toList()).stream()
              .map(Future::resultNow)
              .toList();
    }

    assertThat(replies.stream().filter(it -> it.status() == 202)).hasSize(5);
    for (Reply refused : replies.stream().filter(it -> it.status() != 202).toList()) {
      assertThat(refused.status()).as(refused.toString()).isEqualTo(429);
      assertThat(refused.at("/type")).isEqualTo("/problems/owner-quota");
      assertThat(refused.header("Retry-After")).matches("[1-9]\\d*");
    }
    assertProblem(client().post("/jobs?kind=script"), 429, "owner-quota");
    rows.computeIfPresent("job", (table, before) -> before + 5);
    rows.computeIfPresent("input", (table, before) -> before + 5);
    assertThat(rows()).isEqualTo(rows);
    assertThat(client().get("/backlog").json().at("/waiting").asInt()).isEqualTo(5);

    client().delete("/jobs/" + client().get("/jobs?status=queued").at("/jobs/0/id"));
    assertThat(client().post("/jobs?kind=script").status()).as("there is room").isEqualTo(202);
    hold.release();
  }

  @Test
  void oneSessionMayHaveItsQuotaWaitingAndNoMore() throws SQLException {
    Script.Hold hold = running("script");
    for (int i = 0; i < 3; i++) {
      Turns.submit(client(), "crowded", "waits");
    }
    Map<String, Long> rows = rows();

    Reply refused = client().postForm("/jobs?kind=script&session=crowded", "text=waits");

    assertProblem(refused, 429, "session-quota");
    assertThat(refused.header("Retry-After")).matches("[1-9]\\d*");
    assertThat(refused.at("/detail")).contains("crowded", "3 jobs");
    assertThat(rows()).isEqualTo(rows);
    Turns.submit(client(), "roomy", "waits");
    hold.release();
  }

  @Test
  void jobThatRunsTooLongTimesOutAndItsScopeClosesBeforeTheNextBegins() {
    script.on(
        "endless",
        run -> {
          new CountDownLatch(1).await();
          throw new AssertionError("it can't get here");
        });
    String id = client().postForm("/jobs?kind=script&timeout=100ms", "text=endless").id();
    String next = client().submit("script", "next");

    Reply ended = client().ended(id);
    assertThat(ended.at("/status")).isEqualTo("timed_out");
    assertThat(ended.at("/reason")).isEqualTo("timeout");
    assertThat(ended.json().at("/startedAt").isNull()).isFalse();
    assertThat(client().ended(next).at("/status")).isEqualTo("succeeded");
    assertThat(TRAIL)
        .containsExactly("opened endless", "closed endless", "opened next", "closed next");
  }

  @Test
  void lineBreaksInWhatAJobSaysMakeNoLinesOfTheStream() throws IOException {
    String hostile = "a\r\nid: 99\nevent: end\ndata: {}\r\r\n\n";
    script.on(
        "hostile",
        run -> {
          run.chunk(hostile, hostile);
          return Script.answer(hostile);
        });
    String id = client().ended(client().submit("script", "hostile")).id();
    String path = "/jobs/" + id + "/events";

    List<Told> told;
    try (Follower follower = Follower.get(client().port(), path, Turns.SSE)) {
      told = follower.rest();
    }
    assertThat(told).extracting(Told::id).containsExactly("1", "2", "3", "4");
    assertThat(told).extracting(Told::type).containsExactly("status", "status", "chunk", "end");
    assertThat(told.get(2).data().at("/stream").asString()).isEqualTo(hostile);
    assertThat(told.get(2).data().at("/text").asString()).isEqualTo(hostile);
    assertThat(told.get(3).data().at("/result").asString()).isEqualTo(hostile);
    assertThat(lines(path)).hasSize(4 * 4).noneMatch(it -> it.contains("\r"));
  }

  private List<String> lines(String path) throws IOException {
    var lines = new ArrayList<String>();
    try (Follower follower = Follower.get(client().port(), path, Turns.SSE)) {
      for (@Nullable String line = follower.line(); line != null; line = follower.line()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
