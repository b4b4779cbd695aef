package dev.fermata.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.delivery.Command.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What .ci/release lays out, and what it refuses. */
class ReleaseTest {

  @TempDir private Path clone;

  @BeforeEach
  void checkout() throws IOException {
    for (String file : new String[] {".ci/release", "README.md"}) {
      Files.createDirectories(clone.resolve(file).getParent());
      Files.copy(Path.of(file), clone.resolve(file));
    }
    write("target/fermata.jar", "a jar");
    write("target/third-party.txt", "licences");
    write("target/classes/META-INF/sbom/application.cdx.json", "{}");
  }

  @Test
  void layOutIsTheJarItsMaterialsAndTheirSums() throws IOException {
    built("0.2.0");

    assertThat(release("v0.2.0").code()).isZero();

    Path release = clone.resolve("target/release");
    try (Stream<Path> files = Files.list(release)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder(
              "fermata-0.2.0.jar",
              "fermata-0.2.0.cdx.json",
              "third-party.txt",
              "SHA256SUMS",
              "notes.md");
    }
    assertThat(release.resolve("SHA256SUMS")).content().hasLineCount(3);
    Command.of(release, "sha256sum", "--check", "--strict", "SHA256SUMS").succeed();
  }

  @Test
  void notesAreTheLineOfTheHistory() throws IOException {
    built("0.2.0");
    release("v0.2.0");

    assertThat(clone.resolve("target/release/notes.md")).content().startsWith("Sessions that stay");
  }

  @Test
  void tagOfAnotherVersionIsRefused() throws IOException {
    built("0.2.0");

    assertThatItIsRefused("v0.3.0", "the tag is v0.3.0, and what was built is 0.2.0");
  }

  @Test
  void snapshotIsRefused() throws IOException {
    built("0.2.0-SNAPSHOT");

    assertThatItIsRefused("v0.2.0-SNAPSHOT", "not for release");
  }

  @Test
  void versionWithoutAHistoryIsRefused() throws IOException {
    built("0.0.9");

    assertThatItIsRefused("v0.0.9", "no line for 0.0.9");
  }

  private void assertThatItIsRefused(String tag, String why) throws IOException {
    Ended refused = release(tag);

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.output()).contains(why);
    assertThat(clone.resolve("target/release")).doesNotExist();
  }

  private Ended release(String tag) throws IOException {
    return Command.of(clone, "bash", ".ci/release", tag).run();
  }

  private void built(String version) throws IOException {
    write("target/classes/META-INF/build-info.properties", "build.version=" + version + "\n");
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(clone.resolve(file).getParent());
    Files.writeString(clone.resolve(file), text);
  }
}
