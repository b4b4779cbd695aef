package dev.fermata.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a crash tears is dropped; what is damaged otherwise is not served. */
class DamagedDatabaseIT {

  /** What stands behind the last commit when the machine dies while it writes the next. */
  enum Tail {
    HALF_A_FRAME {
      @Override
      byte[] after(byte[] last) {
        return Arrays.copyOf(last, last.length / 2);
      }
    },
    FRAME_WITH_A_WRONG_PAGE {
      @Override
      byte[] after(byte[] last) {
        byte[] torn = last.clone();
        Arrays.fill(torn, last.length / 2, last.length, (byte) 0xAD);
        return torn;
      }
    },
    GARBAGE {
      @Override
      byte[] after(byte[] last) {
        byte[] garbage = new byte[3 * last.length];
        Arrays.fill(garbage, (byte) 0xDE);
        return garbage;
      }
    };

    abstract byte[] after(byte[] last);
  }

  private static final int PAGE = 4096;
  private static final int FRAME = 24 + PAGE;
  private static final int JOBS = 20;

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void tornTailOfTheLogCostsNothingAcknowledged(Tail tail) throws IOException {
    Home home = Home.at(directory.resolve("home"));
    List<String> jobs = new ArrayList<>();
    try (Server server = Server.start(home)) {
      String held = HeldJob.submit(server.client(), "held", "");
      jobs.add(held);
      for (int n = 0; n < JOBS; n++) {
        jobs.add(HeldJob.submit(server.client(), "write", "n" + n));
      }
      server.kill();
    }
    Path log = Path.of(home.journal() + "-wal");
    byte[] written = Files.readAllBytes(log);
    byte[] last = Arrays.copyOfRange(written, written.length - FRAME, written.length);
    Files.write(log, tail.after(last), StandardOpenOption.APPEND);

    try (Server server = Server.start(home)) {
      Files.createFile(home.path().resolve("go"));
      jobs.forEach(id -> HeldJob.ended(server.client(), id));
      List<String> newestFirst =
          server.client().jobs("/jobs?status=succeeded&limit=500").stream()
              .map(job -> job.at("/id").asString())
              .toList();
      assertThat(newestFirst.reversed()).isEqualTo(jobs);
    }
  }

  @Test
  void damagedPageIsRefusedInWordsAndACopyGoesOn() throws IOException {
    Home home = Home.at(directory.resolve("home"));
    String job;
    try (Server server = Server.start(home)) {
      job = HeldJob.submit(server.client(), "write", "kept");
      HeldJob.ended(server.client(), job);
      server.stop();
    }
    byte[] whole = Files.readAllBytes(home.journal());
    int pages = whole.length / PAGE;
    for (int page : new int[] {0, pages / 2, pages - 1}) {
      byte[] damaged = damage(home.journal(), page);

      try (Server server = Server.launch(home)) {
        assertThat(server.exitCode()).isNotZero();
        assertThat(server.output()).contains(home.journal().toString(), "is damaged", "Put back");
        assertThat(server.output().lines()).noneMatch(line -> line.startsWith("\tat "));
      }
      assertThat(home.journal()).hasBinaryContent(damaged);
      Files.write(home.journal(), whole);
    }
    try (Server server = Server.start(home)) {
      assertThat(server.client().get("/jobs/" + job).at("/status")).isEqualTo("succeeded");
    }
  }

  private static byte[] damage(Path file, int page) throws IOException {
    byte[] garbage = new byte[PAGE];
    Arrays.fill(garbage, (byte) 0xDE);
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek((long) page * PAGE);
      bytes.write(garbage);
    }
    return Files.readAllBytes(file);
  }
}
