package dev.fermata.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few kills of the loop that {@code ./mvnw -Pcrash} runs for as long as one likes. */
class CrashLoopIT {

  private static final int CYCLES = 4;

  @TempDir private Path directory;

  @Test
  void nothingIsLostOrDoubledOrOutOfOrder() throws IOException {
    var loop = new CrashLoop(directory.resolve("home"), 6);

    assertThat(loop.run(CYCLES)).as(loop.summary()).isTrue();
    assertThat(loop.tally().cycles()).isEqualTo(CYCLES);
    assertThat(loop.tally().acknowledged()).isPositive();
  }
}
