package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.example.Laboratory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a deployer adds to the packaged server opens and closes with it, and can end it. */
class ScopeIT {

  private static final String KIND =
      "fermata: { kinds: { probe: { handler: probe, inputs: { failure: { primary: true } } } } }\n";

  @TempDir private Path home;

  @BeforeEach
  void writeSettings() throws IOException {
    Files.writeString(home.resolve("settings.yml"), KIND);
  }

  @Test
  void failingTaskStopsTheServerInOrder() throws IOException {
    String job;
    try (Server server = start()) {
      job = server.client().submit("probe", "the disk is on fire");
      Server.Exit exit = server.awaitExit();

      assertThat(exit.code()).isEqualTo(1);
      assertThat(exit.output().split("java.io.IOException: the disk is on fire", -1))
          .as("the cause once in:\n" + exit.output())
          .hasSize(2);
    }
    assertThat(trail())
        .containsExactly(
            "opened proteins",
            "opened cache",
            "began with proteins",
            "stopped with proteins",
            "closed cache",
            "closed proteins");

    try (Server server = start()) {
      Reply ended = server.client().ended(job);

      assertThat(ended.at("/status")).as("it was handed back").isEqualTo("succeeded");
      assertThat(ended.json().at("/attempt").asInt()).isEqualTo(2);
    }
  }

  @Test
  void failureThatIsAcceptedEndsItWell() throws IOException {
    try (Server server = start()) {
      server.client().submit("probe", "planned");

      assertThat(server.awaitExit().code()).isZero();
    }
    assertThat(trail()).endsWith("stopped with proteins", "closed cache", "closed proteins");
  }

  @Test
  void resourceThatCannotBeOpenedIsNamedAndWhatWasOpenIsClosed() throws IOException {
    Server.Exit exit = Server.fail(home, Laboratory.class, with("--laboratory.unreachable=cache"));

    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.output()).contains("application resource cache", "no route to the cache");
    assertThat(trail()).containsExactly("opened proteins", "closed proteins");
  }

  /** Jobs that were recovered run before the port opens. */
  @Test
  void startThatFailsLaterClosesAfterTheLastJob() throws IOException {
    try (Server server = start()) {
      server.client().submit("probe", "planned");
      server.awaitExit();
    }
    Files.delete(file());
    try (Server other = Server.start(Files.createDirectory(home.resolve("other")))) {
      String taken = "--server.port=" + other.client().port();
      Server.Exit exit = Server.fail(home, Laboratory.class, with(taken, "--laboratory.holds=2"));

      assertThat(exit.code()).isEqualTo(1);
    }
    assertThat(trail()).startsWith("opened proteins", "opened cache");
    assertThat(trail()).endsWith("closed cache", "closed proteins");
  }

  private Server start() throws IOException {
    return Server.start(home, Laboratory.class, with());
  }

  private String[] with(String... more) {
    return Stream.concat(
            Stream.of(
                "--laboratory.trail=" + file(), "--fermata.grace=2s", "--fermata.kill-grace=1s"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private Path file() {
    return home.resolve("trail");
  }

  private List<String> trail() throws IOException {
    return Files.readAllLines(file());
  }
}
