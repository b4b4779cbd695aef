package dev.fermata.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each attempt gets an empty directory, whatever the one before left. */
class DirectoriesTest {

  private static final JobId ID = new JobId(new UUID(0x7000, 1));

  @TempDir private Path home;
  private Directories directories = new Directories(Path.of("."));

  @BeforeEach
  void open() {
    directories = new Directories(home.resolve("jobs"));
  }

  @Test
  void everyAttemptBeginsWithAnEmptyDirectory() throws IOException {
    Path first = directories.create(ID);
    Files.writeString(first.resolve("old"), "old");
    Files.createDirectories(first.resolve("a/b"));

    Path second = directories.create(ID);

    assertThat(second).isEqualTo(first);
    try (var entries = Files.list(second)) {
      assertThat(entries).containsExactly(second.resolve(Directories.TMP));
    }
  }

  @Test
  void whatAProgramMadeReadOnlyIsRemovedToo() throws IOException {
    Path locked = Files.createDirectories(directories.create(ID).resolve("locked/inner"));
    Files.writeString(locked.resolve("file"), "1");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    Files.setPosixFilePermissions(locked.getParent(), PosixFilePermissions.fromString("---------"));

    directories.remove(ID);

    assertThat(directories.of(ID)).doesNotExist();
  }

  @Test
  void linksAreRemovedAndWhatTheyLeadToStays() throws IOException {
    Path outside = Files.writeString(home.resolve("outside"), "mine");
    Path directory = directories.create(ID);
    Files.createSymbolicLink(directory.resolve("link"), outside);
    Files.createSymbolicLink(directory.resolve("folder"), home);

    directories.remove(ID);

    assertThat(outside).exists();
    assertThat(directories.of(ID)).doesNotExist();
  }
}
