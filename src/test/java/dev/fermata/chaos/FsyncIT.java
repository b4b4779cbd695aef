package dev.fermata.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A submission is on the disk before its 202 is written: what a crash of the machine would show.
 */
class FsyncIT {

  private static final int JOBS = 20;

  @TempDir private Path directory;

  @Test
  void journalIsSyncedBetweenEachRequestAndItsAnswer() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    SystemCalls calls;
    try (Server server = Server.start(home)) {
      HeldJob.running(home, server.client()); // nothing else is stored meanwhile
      calls = SystemCalls.of(server, directory);
      for (int n = 0; n < JOBS; n++) {
        HeldJob.submit(server.client(), "write", "n" + n);
      }
    }
    List<Boolean> synced = syncedAnswers(calls.lines());

    assertThat(synced).as("answers").hasSize(JOBS);
    assertThat(synced).as("synced before the answer").containsOnly(true);
  }

  /** For each 202, whether a sync of the journal began after its request was read, and ended. */
  private static List<Boolean> syncedAnswers(List<String> lines) {
    var answers = new ArrayList<Boolean>();
    Set<String> syncing = new HashSet<>();
    boolean synced = false;
    for (String line : lines) {
      String thread = line.substring(0, line.indexOf(' '));
      if (line.contains("\"POST /jobs")) {
        syncing.clear();
        synced = false;
      } else if (line.contains("sync(") && line.contains("fermata.db-wal>")) {
        syncing.add(thread);
      }
      if (line.contains("sync") && line.endsWith("= 0")) {
        synced |= syncing.remove(thread);
      }
      if (line.contains("\"HTTP/1.1 202")) {
        answers.add(synced);
      }
    }
    return answers;
  }
}
