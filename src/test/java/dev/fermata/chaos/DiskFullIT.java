package dev.fermata.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk makes the lane pause before the next job; when there is space again it goes on. */
class DiskFullIT {

  @TempDir private Path directory;

  @Test
  void laneWaitsForSpaceAndGoesOnWithoutARestart() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    try (SmallDisk disk = SmallDisk.inMemory(home.data());
        Server server = Server.start(home)) {
      HeldJob job = HeldJob.running(home, server.client());
      disk.fill();
      Refusing.everyKindOfSubmission(server.client());
      job.letGo();

      Refusing.stays(server.client(), "the lane pauses", server);
      assertThat(job.status(job.second())).isEqualTo("queued");
      assertThat(home.trace()).isEmpty();
      Refusing.everyKindOfSubmission(server.client());

      disk.free();
      assertThat(job.allSucceededOnceInOrder()).isTrue();
      Refusing.isOver(server.client());
      assertThat(server.client().jobs("/jobs?limit=500")).hasSize(4);
    }
  }
}
