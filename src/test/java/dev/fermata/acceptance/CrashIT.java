package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** After {@code kill -9} at any moment nothing that was acknowledged is lost. */
class CrashIT {

  private static final int CLIENTS = 8;
  private static final int JOBS = 1000;
  private static final int TO_THE_END = 20;

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

  @Test
  void killedAmongAThousandQueuedJobsTheServerGoesOnWhereItWas() throws Exception {
    List<String> acknowledged;
    String done;
    String running;
    String doneBefore;
    try (Server server = Server.start(home)) {
      Client client = server.client();
      done = client.submit("quick", "done");
      doneBefore = client.ended(done).text();
      running = client.submit("long", "");
      program.awaitStart(1);
      acknowledged = killedWhilePosting(server);
    }
    try (Server server = Server.start(home)) {
      Client client = server.client();
      program.awaitStart(2);

      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(JOBS).doesNotHaveDuplicates();
      assertThat(client.job(done).text()).isEqualTo(doneBefore);
      assertThat(client.get("/jobs/" + done + "/result").text()).isEqualTo("done\n");
      assertThat(program.survivors()).isEmpty();
      assertThat(program.starts().getFirst()).noneMatch(LongProgram::alive);
      assertThat(client.job(running).json().at("/attempt").asInt()).isEqualTo(2);
      assertThat(client.status(running)).isEqualTo("running");
      List<String> waiting = assertThatAllAreThereInOrder(client, acknowledged, running);

      program.letGo();
      assertThat(client.ended(running).at("/result")).isEqualTo("attempt 2 ended\n");
      client.ended(waiting.get(TO_THE_END - 1));
      client.post("/jobs/cancel?status=queued");
      assertThatTheyRanInOrder(client, waiting.subList(0, TO_THE_END));
      Eventually.holds(() -> client.get("/backlog").json().at("/length").asInt() == 0);
    }
  }

  private static List<String> killedWhilePosting(Server server) throws InterruptedException {
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (int n = 0; n < CLIENTS; n++) {
        clients.execute(() -> postUntilItDies(server.client().port(), acknowledged));
      }
      Eventually.holds(() -> acknowledged.size() >= JOBS);
      server.kill();
    }
    return acknowledged.stream().sorted().toList();
  }

  private static void postUntilItDies(int port, Queue<String> acknowledged) {
    URI address = URI.create("http://127.0.0.1:" + port + "/jobs?kind=quick");
    var request = HttpRequest.newBuilder(address).POST(BodyPublishers.ofString("x")).build();
    try (var http = HttpClient.newHttpClient()) {
      while (true) {
        var response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(202);
        acknowledged.add(JsonMapper.shared().readTree(response.body()).at("/id").asString());
      }
    } catch (IOException e) {
      // It is dead; what it has acknowledged counts.
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts tests", e);
    }
  }

  /** Those that wait: the acknowledged ones, and perhaps some whose 202 the crash cut off. */
  private static List<String> assertThatAllAreThereInOrder(
      Client client, List<String> acknowledged, String running) {
    List<String> newestFirst = ids(client.all("/jobs?limit=300"));
    List<JsonNode> inLine = client.all("/backlog?limit=300");
    List<String> waiting = ids(inLine).subList(1, inLine.size());

    assertThat(newestFirst)
        .doesNotHaveDuplicates()
        .containsAll(acknowledged)
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(ids(inLine)).doesNotHaveDuplicates().startsWith(running).isSorted();
    assertThat(waiting).containsAll(acknowledged);
    assertThat(inLine.stream().skip(1).map(job -> job.at("/position").asInt()))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, waiting.size()).boxed().toList());
    assertThat(inLine.stream().skip(1)).allMatch(job -> job.at("/attempt").asInt() == 0);
    return waiting;
  }

  private static void assertThatTheyRanInOrder(Client client, List<String> ids) {
    List<JsonNode> jobs = ids.stream().map(id -> client.job(id).json()).toList();

    assertThat(jobs).allMatch(job -> job.at("/status").asString().equals("succeeded"));
    assertThat(jobs).allMatch(job -> job.at("/attempt").asInt() == 1);
    assertThat(jobs).allMatch(job -> job.at("/result").asString().equals("x\n"));
    assertThat(jobs.stream().map(job -> job.at("/startedAt").asString()).toList()).isSorted();
  }

  private static List<String> ids(List<JsonNode> jobs) {
    return jobs.stream().map(job -> job.at("/id").asString()).toList();
  }

  @Test
  void jobThatWasBeingCancelledEndsCancelledAndIsNotRunAgain() throws Exception {
    String id;
    String next;
    try (Server server = Server.start(home, "--fermata.grace=60s", "--fermata.kill-grace=60s")) {
      id = server.client().submit("deaf", "");
      next = server.client().submit("quick", "next");
      program.awaitStart(1);
      Reply asked = server.client().post("/jobs/" + id + "/cancel");
      assertThat(asked.status()).isEqualTo(202);
      assertThat(asked.at("/status")).isEqualTo("cancelling");
      server.kill();
    }
    assertThat(program.starts().getFirst()).anyMatch(LongProgram::alive);
    try (Server server = Server.start(home, "--fermata.kill-grace=500ms")) {
      Reply job = server.client().job(id);

      assertThat(job.at("/status")).isEqualTo("cancelled");
      assertThat(job.at("/reason")).isEqualTo("client_request");
      assertThat(job.json().at("/attempt").asInt()).isEqualTo(1);
      assertThat(server.client().ended(next).at("/status")).isEqualTo("succeeded");
      assertThat(program.starts()).hasSize(1);
      assertThat(program.starts().getFirst()).noneMatch(LongProgram::alive);
    }
  }

  @Test
  void jobWhoseKindSaysSoFailsInsteadOfRunningAgain() throws Exception {
    String id;
    String next;
    try (Server server = Server.start(home)) {
      id = server.client().submit("once", "");
      next = server.client().submit("quick", "next");
      program.awaitStart(1);
      server.kill();
    }
    try (Server server = Server.start(home)) {
      Reply job = server.client().job(id);

      assertThat(job.at("/status")).isEqualTo("failed");
      assertThat(job.at("/reason")).isEqualTo("crashed");
      assertThat(job.json().at("/finished").asBoolean()).isTrue();
      assertThat(server.client().ended(next).at("/status")).isEqualTo("succeeded");
      assertThat(program.starts()).hasSize(1);
      assertThat(program.starts().getFirst()).noneMatch(LongProgram::alive);
    }
  }

  @Test
  void jobThatCrashedTheServerTooOftenIsLostAndTheLaneMovesOn() throws Exception {
    String id;
    String next;
    try (Server server = Server.start(home)) {
      id = server.client().submit("long", "");
      next = server.client().submit("quick", "next");
      program.awaitStart(1);
      server.kill();
    }
    try (Server server = Server.start(home, "--fermata.max-crashes=1")) {
      program.awaitStart(2);
      assertThat(server.client().status(next)).isEqualTo("queued");
      server.kill();
    }
    try (Server server = Server.start(home, "--fermata.max-crashes=1")) {
      Reply job = server.client().job(id);

      assertThat(job.at("/status")).isEqualTo("lost");
      assertThat(job.at("/reason")).isEqualTo("crashed");
      assertThat(job.json().at("/attempt").asInt()).isEqualTo(2);
      assertThat(server.client().get("/jobs/" + id + "/result").at("/type"))
          .isEqualTo("/problems/job-lost");
      assertThat(server.client().ended(next).at("/status")).isEqualTo("succeeded");
      assertThat(program.starts()).hasSize(2);
      assertThat(program.survivors()).isEmpty();
    }
  }

  @Test
  void jobThatRestsAndOneThatIsNotDueAreParkedAgainAndStartWhenTheyAre() throws Exception {
    String resting;
    String turn;
    String soon;
    String late;
    Instant due = Instant.now().plusSeconds(20);
    try (Server server = Server.start(home)) {
      Client client = server.client();
      resting = client.submit("broken&session=s", "");
      turn = client.submit("quick&session=s", "turn");
      soon = client.submit("quick&notBefore=" + due, "soon");
      late = client.submit("quick&notBefore=" + due.plusSeconds(3600), "late");
      Eventually.holds(() -> client.job(resting).json().at("/attempt").asInt() == 1);
      client.awaitStatus(resting, "queued");
      client.ended(client.submit("quick", "passes"));
      server.kill();
    }
    try (Server server = Server.start(home)) {
      Client client = server.client();
      client.ended(client.submit("quick", "passes again"));
      assertThat(client.status(resting)).isEqualTo("queued");
      assertThat(client.status(turn)).isEqualTo("queued");

      Reply ended = client.ended(soon);
      assertThat(ended.at("/status")).isEqualTo("succeeded");
      assertThat(Instant.parse(ended.at("/startedAt"))).isAfterOrEqualTo(due.minusMillis(1));
      assertThat(client.job(late).json().at("/position").isNull()).isTrue();
      assertThat(client.job(resting).json().at("/attempt").asInt()).isEqualTo(1);
      client.delete("/jobs/" + resting);
      assertThat(client.ended(turn).at("/status")).isEqualTo("succeeded");
    }
  }
}
