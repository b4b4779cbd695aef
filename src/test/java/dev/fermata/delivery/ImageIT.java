package dev.fermata.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Dockerfile's own commands, run here: what it builds starts, tells its health, and stops. */
class ImageIT {

  /** The JVM ends if it can't use its cache. */
  private static final String MANDATORY = "-XX:AOTMode=on";

  /** Objects have other headers in the cache. */
  private static final String MISFIT = "-XX:+UseCompactObjectHeaders";

  private static final String SOONER = "-XX:TieredStopAtLevel=1";

  @TempDir private static Path place;
  private static Image image;
  private static List<String> built;

  @BeforeAll
  static void build() throws IOException {
    image = Build.image(place);
    built = files(image.root());
  }

  @Test
  void serverStartsFromItsCacheAndIsHealthyUntilItIsStopped() throws Exception {
    try (Container container = image.start(MANDATORY)) {
      assertThat(container.healthy()).as("before it listens").isFalse();
      assertThat(container.becomesHealthy()).isTrue();

      String query = Workflow.read("image").script("Ask the first query");
      Command.of(place, "bash", "-ec", query.replace("8080", container.port())).succeed();

      assertThat(container.stop()).as("the end by SIGTERM").isEqualTo(143);
      assertThat(container.healthy()).as("after its end").isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"-XX:AOTMode=auto, true", MANDATORY + ", false"})
  void cacheThatDoesNotFitIsPassedOverUnlessItIsMandatory(String mode, boolean starts)
      throws IOException {
    try (Container container = image.start(mode, MISFIT, SOONER)) {
      assertThat(container.becomesHealthy()).isEqualTo(starts);
    }
  }

  @Test
  void trainingLeavesItsCacheAndNothingElse() throws IOException {
    assertThat(built).containsExactlyInAnyOrder("opt", "tmp");
    assertThat(files(image.directory()))
        .containsExactlyInAnyOrder("fermata.aot", "fermata.jar", "lib");
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
