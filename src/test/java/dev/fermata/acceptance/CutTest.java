package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.Fermata;
import java.io.EOFException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What the server cuts short looks cut to its client, and can be resumed. */
@ExtendWith(OutputCaptureExtension.class)
class CutTest {

  private static final String SSE = "Accept: text/event-stream";

  @TempDir private Path data;
  private ConfigurableApplicationContext server;
  private Client client;
  private Script script;

  @BeforeEach
  void start() {
    server =
        new SpringApplicationBuilder(Fermata.class, Script.class)
            .run(
                "--server.port=0",
                "--server.tomcat.connection-timeout=1s",
                "--spring.config.additional-location=classpath:acceptance.yml",
                "--logging.level.root=warn",
                "--fermata.data-dir=" + data);
    client =
        new Client(server.getEnvironment().getRequiredProperty("local.server.port", int.class));
    script = server.getBean(Script.class);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void stopCutsStreamsAnswersWaitsAndLeavesTheJobItsGrace(CapturedOutput output) throws Exception {
    Script.Hold hold = script.hold("holds");
    String id = client.submit("script", "holds");
    hold.awaitBegin();
    String path = "/jobs/" + id + "/events?onDisconnect=cancel";
    try (Follower stream = Follower.get(client.port(), path, SSE)) {
      stream.next(2);
      CompletableFuture<Reply> waits =
          CompletableFuture.supplyAsync(
              () -> client.get("/jobs/" + id + "?onDisconnect=cancel", "Prefer", "wait=300"));
      Eventually.holds(() -> watchers() == 2);
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);

      assertThatThrownBy(stream::rest).isInstanceOf(EOFException.class);
      assertThat(waits.join().status()).isEqualTo(200);
      assertThat(waits.join().at("/status")).isEqualTo("running");
      Reply late = client.get(path, "Accept", "text/event-stream");
      assertThat(late.status()).isEqualTo(503);
      assertThat(late.at("/type")).isEqualTo("/problems/draining");
      assertThat(late.header("Retry-After")).isNotEmpty();
      assertThat(client.status(id)).isEqualTo("running");
      hold.release();
      stopped.join();
    }
    assertThat(script.spans()).hasSize(1);
    assertThat(output).doesNotContain("ERROR").doesNotContain("Exception");
  }

  @Test
  void watcherThatTakesNothingIsCutAndCanResume(CapturedOutput output) throws Exception {
    String text = "x".repeat(10_000);
    script.on(
        "talks",
        run -> {
          for (int n = 0; n < 2000; n++) {
            run.chunk("stdout", text);
          }
          return Script.answer("told");
        });
    String path;
    try (Follower stuck =
        Follower.post(
            client.port(), "/jobs?kind=script", "talks", SSE, "Content-Type: text/plain")) {
      String id = client.get("/jobs").at("/jobs/0/id");
      path = "/jobs/" + id + "/events";
      assertThat(client.ended(id).at("/status")).isEqualTo("succeeded");
      Eventually.holds(() -> watchers() == 0);
      assertThatThrownBy(stuck::rest).isInstanceOf(EOFException.class);
    }
    try (Follower back = Follower.get(client.port(), path, SSE, "Last-Event-ID: 2")) {
      long characters =
          back.rest().stream()
              .filter(told -> told.type().equals("chunk"))
              .mapToLong(told -> told.data().at("/text").asString().length())
              .sum();
      assertThat(characters).isEqualTo(20_000_000);
    }
    assertThat(output).doesNotContain("ERROR").doesNotContain("Exception");
    assertThat(measured("fermata.disconnects")).as("nobody has gone").isZero();
  }

  private double watchers() {
    return measured("fermata.watchers");
  }

  private double measured(String meter) {
    return client.get("/actuator/metrics/" + meter).json().at("/measurements/0/value").asDouble();
  }
}
