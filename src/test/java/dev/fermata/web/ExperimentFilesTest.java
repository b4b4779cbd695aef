package dev.fermata.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.directory.Directories;
import dev.fermata.job.JobId;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentFilesTest {

  private static final JobId ID = new JobId(new UUID(0, 1));

  @TempDir private Path root;
  private ExperimentFiles files;
  private Path directory;

  @BeforeEach
  void createFiles() throws IOException {
    var directories = new Directories(root.resolve("jobs"));
    files = new ExperimentFiles(directories);
    directory = directories.create(ID);
    Files.writeString(root.resolve("secret"), "secret");
    Files.writeString(directory.resolve("stdout"), "out");
    Files.writeString(directory.resolve("tmp/scratch"), "scratch");
    Files.createDirectories(directory.resolve("a/tmp"));
    Files.writeString(directory.resolve("a/tmp/b c"), "deep");
    Files.createSymbolicLink(directory.resolve("link"), root.resolve("secret"));
    Files.createSymbolicLink(directory.resolve("up"), root);
  }

  @Test
  void listsRegularFilesByTheirRelativeNames() throws IOException {
    var epoch = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(directory.resolve("stdout"), epoch);
    Files.setLastModifiedTime(directory.resolve("a/tmp/b c"), epoch);

    assertThat(files.list(ID))
        .containsExactly(
            new ExperimentFiles.Entry("a/tmp/b c", 4, epoch),
            new ExperimentFiles.Entry("stdout", 3, epoch));
  }

  @Test
  void aJobThatHasNotStartedHasNoFiles() throws IOException {
    assertThat(files.list(new JobId(new UUID(0, 2)))).isEmpty();
  }

  @Test
  void opensAFileBelow() throws IOException {
    try (var in = Channels.newInputStream(files.open(ID, List.of("a", "tmp", "b c")))) {
      assertThat(in).hasContent("deep");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "link",
        "up/secret",
        "../../secret",
        "a/../stdout",
        "./stdout",
        "tmp/scratch",
        "tmp",
        "a",
        "",
        "stdout/x",
        "a//tmp",
        "nothing",
        "stdout\0"
      })
  void nothingElseCanBeOpened(String path) {
    assertThatThrownBy(() -> files.open(ID, List.of(path.split("/", -1))))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aNameThatNoFileCanHaveIsNotThere() {
    for (String name : List.of("x".repeat(256), "\u00e9".repeat(128))) {
      assertThatThrownBy(() -> files.open(ID, List.of(name)))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void aDirectoryThatAProgramReplacedByALinkHasNoFiles() throws IOException {
    var other = new JobId(new UUID(0, 3));
    Files.createSymbolicLink(root.resolve("jobs").resolve(other.toString()), root);

    assertThat(files.list(other)).isEmpty();
    assertThatThrownBy(() -> files.open(other, List.of("secret")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
