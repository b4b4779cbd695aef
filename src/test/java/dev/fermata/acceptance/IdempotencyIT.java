package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key outlives the server that took it, however that server ends. */
class IdempotencyIT {

  private static final int CLIENTS = 4;
  private static final int JOBS = 200;

  /** What a client sent under a key, and the job that it was answered with. */
  private record Sent(String key, String id) {}

  @TempDir private Path home;

  @BeforeEach
  void writeSettings() throws IOException {
    Files.writeString(
        home.resolve("settings.yml"),
        """
        fermata:
          grace: 200ms
          kill-grace: 100ms
          lanes:
            narrow: { workers: 1, capacity: 1 }
          kinds:
            waits: { handler: command, lane: narrow, inputs: { text: { primary: true } }, command: [sleep, "600"] }
            quick: { handler: command, inputs: { text: { primary: true } }, command: ["true"] }
        """);
  }

  private static Reply post(Client client, String path, String body, String key) {
    String[] headers = {"Content-Type", "text/plain", "Idempotency-Key", key};
    return client.send("POST", path, body.getBytes(UTF_8), headers);
  }

  private static void assertReplay(Reply reply, String id) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
    assertThat(reply.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(reply.id()).isEqualTo(id);
  }

  private static void assertReused(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(422);
    assertThat(reply.at("/type")).isEqualTo("/problems/idempotency-key-reused");
  }

  @Test
  void keyIsKnownAfterACrashAndAfterAStopAlsoWhileTheLaneIsFull() throws IOException {
    String id;
    try (Server server = Server.start(home)) {
      id = post(server.client(), "/jobs?kind=waits", "a", "k").id();
      server.client().awaitStatus(id, "running");
      server.client().submit("waits", "b");
      server.kill();
    }
    for (int restarts = 0; restarts < 2; restarts++) {
      try (Server server = Server.start(home)) {
        Client client = server.client();
        client.awaitStatus(id, "running");
        assertThat(client.postBody("/jobs?kind=waits", "text/plain", "c").status())
            .as("the lane is full")
            .isEqualTo(503);

        assertReplay(post(client, "/jobs?kind=waits", "a", "k"), id);
        assertReused(post(client, "/jobs?kind=waits", "z", "k"));
        assertReused(post(client, "/jobs?kind=waits&timeout=9s", "a", "k"));
        assertReused(post(client, "/?kind=waits", "a", "k"));
        assertThat(client.all("/jobs")).hasSize(2);
        server.askToStop();
        server.awaitExit();
      }
    }
  }

  @Test
  void whateverWasAnsweredBeforeTheServerWasKilledIsTheSameJobAfterwards() throws Exception {
    Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    Queue<String> tried = new ConcurrentLinkedQueue<>();
    try (Server server = Server.start(home);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (int n = 0; n < CLIENTS; n++) {
        String name = "client-" + n + "-";
        clients.execute(() -> postUntilItDies(server.client(), name, sent, tried));
      }
      Eventually.holds(() -> sent.size() >= JOBS);
      server.kill();
    }
    try (Server server = Server.start(home)) {
      Client client = server.client();
      for (Sent before : sent) {
        assertReplay(post(client, "/jobs?kind=quick", "x", before.key()), before.id());
      }
      List<String> answered = sent.stream().map(Sent::key).toList();
      for (String key : tried.stream().filter(it -> !answered.contains(it)).toList()) {
        String id = post(client, "/jobs?kind=quick", "x", key).id();
        assertReplay(post(client, "/jobs?kind=quick", "x", key), id);
      }

      assertThat(client.all("/jobs?limit=500")).as("one for each key").hasSameSizeAs(tried);
    }
  }

  private static void postUntilItDies(
      Client client, String name, Queue<Sent> sent, Queue<String> tried) {
    try {
      for (int n = 0; true; n++) {
        tried.add(name + n);
        Reply reply = post(client, "/jobs?kind=quick", "x", name + n);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
        sent.add(new Sent(name + n, reply.id()));
      }
    } catch (AssertionError e) {
      assertThat(e).as("it is dead").hasCauseInstanceOf(IOException.class);
    }
  }
}
