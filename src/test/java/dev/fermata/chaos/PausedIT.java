package dev.fermata.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is not given the processor for a while loses and doubles nothing. */
class PausedIT {

  /** Six heartbeats, and more than the grace of a client that has gone. */
  private static final Duration PAUSE = Duration.ofSeconds(3);

  @TempDir private Path directory;

  @Test
  void jobsGoOnWhereTheyWereAndWatchersSeeEachEventOnce() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    var findings = new Findings();
    try (Server server = Server.start(home, "--fermata.chat.models.echo.pause=20ms")) {
      HeldJob job = HeldJob.running(home, server.client());
      Wish wish = Wish.turn("note", "la ".repeat(100) + "end", new Random(1));
      String turn = wish.submit(server.client(), "Accept", "application/json").at("/id");
      var watch = new Watch(turn, "?onDisconnect=cancel");
      CompletableFuture<Void> watching =
          CompletableFuture.runAsync(() -> follow(watch, server, findings));
      Eventually.holds("the reply has begun", () -> watch.told().size() > 10);

      signal(server, "STOP");
      job.letGo();
      assertThat(server.endsWithin(PAUSE)).isFalse();
      signal(server, "CONT");

      assertThat(job.allSucceededOnceInOrder()).isTrue();
      assertThat(HeldJob.ended(server.client(), turn).at("/attempt").asInt()).isEqualTo(1);
      watching.join();
      assertThat(findings.all()).isEmpty();
      assertThat(watch.told().stream().map(Watch.Told::data).toList())
          .isEqualTo(
              Account.of(server.client(), turn).events().stream()
                  .map(it -> it.at("/data"))
                  .toList());
      assertThat(server.client().get("/sessions/note").json().at("/total").asInt()).isEqualTo(2);
    }
  }

  private static void follow(Watch watch, Server server, Findings findings) {
    try {
      watch.follow(server.client(), findings);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void signal(Server server, String name) {
    Command.must("kill", "-" + name, Long.toString(server.pid()));
  }
}
