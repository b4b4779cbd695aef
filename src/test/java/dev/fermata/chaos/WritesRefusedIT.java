package dev.fermata.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that takes no writes for a while costs no job, no outcome and no restart. */
class WritesRefusedIT {

  @TempDir private Path directory;

  @Test
  void laneKeepsTheOutcomeAndStoresItWhenWritesAreTakenAgain() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    try (Server server = Server.start(home)) {
      HeldJob job = HeldJob.running(home, server.client());
      limitFiles(server, "0");
      Refusing.everyKindOfSubmission(server.client());
      job.letGo();

      Eventually.holds(
          "the lane pauses",
          () ->
              server
                  .client()
                  .get("/actuator/health")
                  .at("/components/worker/status")
                  .equals("DOWN"));
      assertThat(job.status(job.id())).as("not ended before that is stored").isEqualTo("running");
      assertThat(job.status(job.second())).isEqualTo("queued");
      Refusing.everyKindOfSubmission(server.client());

      limitFiles(server, "unlimited");
      assertThat(job.allSucceededOnceInOrder()).isTrue();
      Refusing.isOver(server.client());
      assertThat(server.client().jobs("/jobs?limit=500")).hasSize(4);
    }
  }

  /** From this size on no file of the server takes a write. */
  private static void limitFiles(Server server, String size) {
    Command limited =
        Command.run(
            "prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + size + ":unlimited");
    assumeTrue(limited.succeeded(), "needs prlimit: " + limited);
  }
}
