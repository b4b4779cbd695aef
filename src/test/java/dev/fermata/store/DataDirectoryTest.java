package dev.fermata.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server at a time owns a data directory. */
class DataDirectoryTest {

  @TempDir private Path parent;

  @Test
  void directoryIsMadeWhenThereIsNone() throws IOException {
    try (DataDirectory data = DataDirectory.open(parent.resolve("a/b/../data"))) {
      assertThat(data.path()).isEqualTo(parent.resolve("a/data")).isDirectory();
      assertThat(data.journal().getParent()).isEqualTo(data.path());
    }
  }

  @Test
  void secondServerIsRefusedUntilTheFirstHasStopped() throws IOException {
    Path path = parent.resolve("data");
    try (DataDirectory first = DataDirectory.open(path)) {
      assertThatThrownBy(() -> DataDirectory.open(path))
          .isInstanceOf(DataDirectoryUnusable.class)
          .hasMessageContaining(first.path().toString())
          .hasMessageContaining("another Fermata server");
    }

    DataDirectory.open(path).close();
  }

  @Test
  void directoryThatCannotBeWrittenToIsRefused() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");

    assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
        .isInstanceOf(DataDirectoryUnusable.class)
        .hasMessageContaining("fermata.data-dir")
        .hasMessageContaining("can't be written to");
  }
}
