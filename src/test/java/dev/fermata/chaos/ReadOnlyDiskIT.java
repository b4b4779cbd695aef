package dev.fermata.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails and turns read-only takes nothing acknowledged with it. */
class ReadOnlyDiskIT {

  @TempDir private Path directory;

  @Test
  void acknowledgedJobsAreThereWhenTheDiskIsMended() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    Path image = directory.resolve("disk.img");
    HeldJob job;
    try (SmallDisk disk = SmallDisk.inFile(home.data(), image);
        Server server = Server.start(home)) {
      job = HeldJob.running(home, server.client());
      disk.fail();
      Refusing.everyKindOfSubmission(server.client());
      job.letGo();

      Refusing.stays(server.client(), "the lane pauses", server);
      assertThat(job.status(job.id())).as("not ended before that is stored").isEqualTo("running");
      assertThat(job.status(job.second())).isEqualTo("queued");
    }
    Command.run("e2fsck", "-fy", image.toString());
    try (SmallDisk mended = SmallDisk.again(home.data(), image);
        Server server = Server.start(home)) {
      Client client = server.client();
      assertThat(mended.place()).isEqualTo(home.data());
      assertThat(HeldJob.ended(client, job.third()).at("/status").asString())
          .isEqualTo("succeeded");
      assertThat(HeldJob.ended(client, job.id()).at("/attempt").asInt()).isEqualTo(2);
      assertThat(client.jobs("/jobs?status=succeeded"))
          .extracting(it -> it.at("/id").asString())
          .containsExactly(job.third(), job.second(), job.id());
    }
  }
}
