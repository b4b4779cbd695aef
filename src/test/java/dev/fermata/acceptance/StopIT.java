package dev.fermata.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop loses nothing and is over in time. */
class StopIT {

  private static final Duration GRACE = Duration.ofSeconds(3);

  /** What a busy machine may add to the second that is promised. */
  private static final Duration SLACK = Duration.ofSeconds(7);

  private static final String[] SETTINGS = {
    "--fermata.grace=3s", "--fermata.kill-grace=1s", "--fermata.max-crashes=0"
  };

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
  void stoppedServerHandsItsJobBackToTheFrontAndGoesOnAfterTheNextStart() throws Exception {
    String running;
    List<String> waiting = new ArrayList<>();
    try (Server server = Server.start(home, SETTINGS)) {
      running = server.client().submit("long", "");
      program.awaitStart(1);
      for (int n = 0; n < 3; n++) {
        waiting.add(server.client().submit("quick", "n" + n));
      }
      server.askToStop();
      List<Reply> whileDraining = postWhileItStops(server, waiting);
      Server.Exit exit = server.awaitExit();

      assertThat(exit.code()).isEqualTo(143);
      assertThat(whileDraining).isNotEmpty();
      assertThat(whileDraining).allMatch(reply -> reply.status() == 503);
      assertThat(whileDraining).allMatch(reply -> reply.at("/type").equals("/problems/draining"));
      assertThat(whileDraining).allMatch(reply -> reply.header("Retry-After").matches("\\d+"));
      assertThat(program.starts().getFirst()).noneMatch(LongProgram::alive);
    }
    try (Server server = Server.start(home, SETTINGS)) {
      Client client = server.client();
      program.awaitStart(2);
      List<String> inLine =
          client.all("/backlog").stream().map(job -> job.at("/id").asString()).toList();

      assertThat(inLine).startsWith(running);
      assertThat(inLine.subList(1, inLine.size())).isEqualTo(waiting);
      assertThat(client.job(running).json().at("/attempt").asInt()).isEqualTo(2);
      assertThat(client.status(running)).as("a stop is no crash").isEqualTo("running");
      program.letGo();
      assertThat(client.ended(running).at("/status")).isEqualTo("succeeded");
      waiting.forEach(
          id -> assertThat(client.ended(id).json().at("/attempt").asInt()).isEqualTo(1));
      assertThat(program.survivors()).isEmpty();
    }
  }

  /** Posts until the server is gone; what was refused at the door is not among the answers. */
  private static List<Reply> postWhileItStops(Server server, List<String> accepted) {
    List<Reply> refused = new ArrayList<>();
    long start = System.nanoTime();
    Eventually.holds(
        () -> {
          try {
            Reply reply = server.client().post("/jobs?kind=quick");
            if (reply.status() == 202) {
              accepted.add(reply.id()); // the signal was still on its way
            } else {
              refused.add(reply);
            }
          } catch (AssertionError e) {
            assertThat(e).hasCauseInstanceOf(IOException.class);
          }
          return !server.alive();
        });
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GRACE.plus(SLACK));
    return refused;
  }

  /** Its kind would end as failed, and any as lost, if the stop counted as a crash. */
  @Test
  void programThatIgnoresTermIsHandedBackToo() throws Exception {
    String running;
    String[] settings =
        Stream.concat(Stream.of(SETTINGS), Stream.of("--fermata.kinds.deaf.on-crash=fail"))
            .toArray(String[]::new);
    try (Server server = Server.start(home, settings)) {
      running = server.client().submit("deaf", "");
      program.awaitStart(1);
      server.askToStop();
      assertThat(server.awaitExit().after()).isLessThan(GRACE.plus(SLACK));
    }
    try (Server server = Server.start(home, settings)) {
      program.awaitStart(2);
      assertThat(server.client().status(running)).isEqualTo("running");
      program.letGo();
      assertThat(server.client().ended(running).at("/status")).isEqualTo("succeeded");
    }
  }

  @Test
  void jobThatEndsWithinTheGraceIsNotHandedBack() throws Exception {
    String running;
    try (Server server = Server.start(home, "--fermata.grace=30s", "--fermata.kill-grace=1s")) {
      running = server.client().submit("long", "");
      program.awaitStart(1);
      server.askToStop();
      Eventually.holds(() -> server.client().post("/jobs?kind=quick").status() == 503);
      assertThat(server.client().status(running)).isEqualTo("running");
      program.letGo();
      assertThat(server.awaitExit().after()).isLessThan(Duration.ofSeconds(15));
    }
    try (Server server = Server.start(home)) {
      assertThat(server.client().job(running).at("/result")).isEqualTo("attempt 1 ended\n");
    }
  }

  @Test
  void serverThatDrainsIsAliveAndNotReady() throws Exception {
    try (Server server = Server.start(home, "--fermata.grace=8s", "--fermata.kill-grace=1s")) {
      server.client().submit("long", "");
      program.awaitStart(1);
      assertThat(health(server, "readiness")).isEqualTo(200);
      server.askToStop();
      Eventually.holds(() -> health(server, "readiness") == 503);

      assertThat(health(server, "liveness")).isEqualTo(200);
      assertThat(server.client().get("/backlog").json().at("/running").asInt()).isEqualTo(1);
      program.letGo();
      assertThat(server.awaitExit().code()).isEqualTo(143);
    }
  }

  private static int health(Server server, String probe) {
    return server.client().get("/actuator/health/" + probe).status();
  }

  @Test
  void clientThatNeverSendsItsBodyHoldsNoStop() throws Exception {
    String head =
        """
        POST /jobs?kind=quick HTTP/1.1\r
        Host: localhost\r
        Content-Type: text/plain\r
        Content-Length: 9\r
        Expect: 100-continue\r
        \r
        """;
    try (Server server = Server.start(home, SETTINGS);
        var client = new Socket(InetAddress.getLoopbackAddress(), server.client().port())) {
      client.getOutputStream().write(head.getBytes(US_ASCII));
      assertThat(client.getInputStream().read()).as("the body is being read").isEqualTo('H');
      server.askToStop();

      assertThat(server.awaitExit().after()).isLessThan(SLACK);
    }
  }

  @Test
  void idleServerStopsAtOnce() throws Exception {
    try (Server server = Server.start(home)) {
      server.askToStop();

      assertThat(server.awaitExit().after()).isLessThan(SLACK);
    }
  }
}
