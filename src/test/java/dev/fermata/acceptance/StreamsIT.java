package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fermata.acceptance.Follower.Told;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whoever follows a job when the server dies or stops goes on after the next start. */
class StreamsIT {

  private static final String SSE = "Accept: text/event-stream";
  private static final String WORDS = "one two three four five six seven eight nine ten";
  private static final int WATCHERS = 5;
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir private Path home;
  private LongProgram program = new LongProgram(Path.of("."));

  @BeforeEach
  void writeSettings() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "programs need /proc");
    program = LongProgram.in(home);
  }

  @AfterEach
  void endWhatIsLeft() {
    program.end();
  }

  private static Follower follow(Server server, String id, long last) throws IOException {
    String resume = "Last-Event-ID: " + last;
    return Follower.get(server.client().port(), "/jobs/" + id + "/events", SSE, resume);
  }

  private static String say(Server server, String words) {
    Reply reply = server.client().postBody("/sessions/talk/messages", "text/plain", words);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
    return reply.id();
  }

  /** All that still comes. */
  private static void drainInto(List<Told> told, Follower follower) throws IOException {
    for (Told next = follower.next(); next != null; next = follower.next()) {
      told.add(next);
    }
  }

  @Test
  void watcherOfAJobThatACrashInterruptedSeesItsNextAttempt() throws Exception {
    var told = new ArrayList<Told>();
    var turns = new ArrayList<String>();
    try (Server server = Server.start(home, "--fermata.chat.models.echo.pause=200ms")) {
      turns.add(say(server, WORDS));
      turns.add(say(server, "second"));
      turns.add(say(server, "third"));
      try (Follower watcher = follow(server, turns.getFirst(), 0)) {
        told.addAll(watcher.next(6)); // queued, running, four words
        server.kill();
        assertThatThrownBy(() -> drainInto(told, watcher)).isInstanceOf(IOException.class);
      }
    }
    int known = told.size();
    try (Server server = Server.start(home, "--fermata.chat.models.echo.pause=10ms")) {
      try (Follower watcher = follow(server, turns.getFirst(), known)) {
        drainInto(told, watcher);
      }
      assertThat(told)
          .extracting(Told::id)
          .isEqualTo(IntStream.rangeClosed(1, told.size()).mapToObj(Integer::toString).toList());
      List<Told> again = told.subList(secondStart(told, known), told.size());
      assertThat(again.getFirst().data().at("/attempt").asInt()).isEqualTo(2);
      assertThat(text(again)).isEqualTo(WORDS);
      assertThat(again.getLast().data().at("/status").asString()).isEqualTo("succeeded");
      assertThat(again.getLast().data().at("/lastEventId").asInt()).isEqualTo(told.size());
      assertTurnsInOrder(server.client(), turns);
    }
  }

  private static int secondStart(List<Told> told, int known) {
    for (int n = known; n < told.size(); n++) {
      if (told.get(n).data().at("/status").asString("").equals("running")) {
        return n;
      }
    }
    throw new AssertionError("no second attempt in " + told);
  }

  private static String text(List<Told> told) {
    var text = new StringBuilder();
    told.stream()
        .filter(it -> it.type().equals("chunk"))
        .forEach(it -> text.append(it.data().at("/text").asString()));
    return text.toString();
  }

  /** Each turn is in the session once: what the crash interrupted left nothing there. */
  private static void assertTurnsInOrder(Client client, List<String> turns) {
    turns.forEach(id -> assertThat(client.ended(id).at("/status")).isEqualTo("succeeded"));
    JsonNode messages = client.get("/sessions/talk").json().at("/messages");
    assertThat(messages.valueStream().map(it -> it.at("/job").asString()))
        .containsExactly(
            turns.get(0), turns.get(0), turns.get(1), turns.get(1), turns.get(2), turns.get(2));
  }

  @Test
  void stopCutsStreamsWithoutAnEndAndAllGoOnAfterTheNextStart() throws Exception {
    String[] settings = {"--fermata.grace=6s", "--fermata.kill-grace=1s"};
    String running;
    String cancelled;
    try (Server server = Server.start(home, settings)) {
      running = server.client().submit("long", "");
      program.awaitStart(1);
      cancelled = server.client().submit("long&lane=chat", "");
      program.awaitStart(2);
      List<Follower> watchers = watchers(server, running, cancelled);
      server.askToStop();
      long asked = System.nanoTime();
      for (Follower watcher : watchers) {
        assertThatThrownBy(watcher::rest).as("no clean end").isInstanceOf(EOFException.class);
        watcher.close();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(SOON);
      assertRefusesWhileItStops(server, running);
      assertThat(server.client().post("/jobs/" + cancelled + "/cancel").status()).isEqualTo(202);
      assertThat(server.awaitExit().code()).isEqualTo(143);
    }
    try (Server server = Server.start(home, settings)) {
      assertThat(server.client().job(cancelled).at("/reason")).isEqualTo("client_request");
      assertEnd(server, cancelled, "cancelled", 1);
      program.awaitStart(3);
      program.letGo();
      assertEnd(server, running, "succeeded", 2);
    }
  }

  @Test
  void stopCutsStreamsOfTheBacklogAndLetsNoneBegin() throws Exception {
    try (Server server = Server.start(home, "--fermata.grace=8s", "--fermata.kill-grace=1s")) {
      server.client().submit("long", "");
      program.awaitStart(1);
      try (Follower watcher = Follower.get(server.client().port(), "/backlog", SSE)) {
        assertThat(watcher.next(1)).extracting(Told::type).containsExactly("backlog");
        server.askToStop();
        assertThatThrownBy(watcher::rest).as("no clean end").isInstanceOf(EOFException.class);
      }
      Reply refused = server.client().get("/backlog", "Accept", "text/event-stream");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.at("/type")).isEqualTo("/problems/draining");
      assertThat(refused.header("Retry-After")).matches("\\d+");
      assertThat(server.client().get("/backlog").json().at("/running").asInt()).isEqualTo(1);
      program.letGo();
      assertThat(server.awaitExit().code()).isEqualTo(143);
    }
  }

  private static List<Follower> watchers(Server server, String... ids) throws IOException {
    var watchers = new ArrayList<Follower>();
    for (int n = 0; n < WATCHERS; n++) {
      watchers.add(follow(server, ids[n % ids.length], 0));
      assertThat(watchers.getLast().next(2)).extracting(Told::id).containsExactly("1", "2");
    }
    return watchers;
  }

  private static void assertRefusesWhileItStops(Server server, String running) throws IOException {
    Reply refused = server.client().post("/jobs?kind=quick", "Accept", "text/event-stream");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.at("/type")).isEqualTo("/problems/draining");
    assertThat(refused.header("Retry-After")).matches("\\d+");
    try (Follower late = follow(server, running, 2)) {
      assertThat(late.status()).isEqualTo(503);
    }
    assertThat(server.client().status(running)).isEqualTo("running");
  }

  private static void assertEnd(Server server, String id, String status, int attempt)
      throws IOException {
    try (Follower watcher = follow(server, id, 2)) {
      List<Told> rest = watcher.rest();
      JsonNode end = rest.getLast().data();

      assertThat(rest.getFirst().id()).isEqualTo("3");
      assertThat(rest.getLast().type()).isEqualTo("end");
      assertThat(end.at("/status").asString()).isEqualTo(status);
      assertThat(end.at("/attempt").asInt()).isEqualTo(attempt);
      assertThat(rest).hasSize(end.at("/lastEventId").asInt() - 2);
    }
  }
}
