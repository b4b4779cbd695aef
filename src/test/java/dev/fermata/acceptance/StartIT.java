package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that can't start says in a few lines why, and what to do. */
class StartIT {

  @TempDir private Path home;

  @Test
  void dataDirectoryThatCannotBeWrittenTo() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "a regular file");

    Server.Exit exit = Server.fail(home, "--fermata.data-dir=" + file.resolve("data"));

    assertThatItSays(exit, file.resolve("data").toString(), "can't be written to");
  }

  @Test
  void unknownSettingWithTheNearestKnownOne() throws IOException {
    Files.writeString(home.resolve("settings.yml"), "fermata: { kil-grace: 5s }\n");

    assertThatItSays(Server.fail(home), "fermata.kil-grace", "kill-grace");
  }

  @Test
  void unknownSettingOfAKind() throws IOException {
    Files.writeString(
        home.resolve("settings.yml"), "fermata: { kinds: { blastp: { comand: [blastp] } } }\n");

    assertThatItSays(Server.fail(home), "comand", "command");
  }

  @Test
  void placeholderThatNoInputFills() throws IOException {
    Files.writeString(
        home.resolve("settings.yml"),
        "fermata: { kinds: { odd: { handler: command, command: [echo, '{nothing}'] } } }\n");

    assertThatItSays(Server.fail(home), "fermata.kinds.odd", "nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "command: [cat, '-{word}'] | command[1] | write it out",
        "command: [cat], files: { '[{word}.txt]': x } | files.{word}.txt | write the name out",
        "command: [cat], files: { '{word}.txt': x } | files.{word}.txt | in brackets",
        "command: [cat], result: 'file:{word}' | result | write the name out",
        "command: [cat], environment: { LD_PRELOAD: '{word}' } | LD_PRELOAD | no client chooses it",
        "command: [cat], limits: { cpu: 10ms } | limits.cpu | is at least 1s",
        "command: [cat], limits: { memory: lots } | limits.memory | lots",
        "command: [cat], limits: { open-files: 3 } | limits.open-files | is at least 16",
        "command: [cat], limits: { memry: 1GB } | limits.memry | limits.memory",
      })
  void kindThatGivesClientsOrProgramsTooMuch(String settings, String place, String words)
      throws IOException {
    Files.writeString(
        home.resolve("settings.yml"),
        """
        fermata.kinds.odd: { handler: command, inputs: { word: { primary: true } }, %s }
        """
            .formatted(settings));

    assertThatItSays(Server.fail(home), "fermata.kinds.odd", place, words);
  }

  @Test
  void secondServerOnOneDataDirectory() throws IOException {
    try (Server first = Server.start(home)) {
      assertThatItSays(
          Server.fail(home), home.resolve("data").toString(), "another Fermata server uses it");
      assertThat(first.client().get("/actuator/health").status()).isEqualTo(200);
    }
  }

  @Test
  void addressThatStrangersReach() throws IOException {
    assertThatItSays(
        Server.fail(home, "--server.address=0.0.0.0"), "server.address", "fermata.security.open");
  }

  @Test
  void portThatIsTaken() throws IOException {
    try (Server first = Server.start(home)) {
      String port = Integer.toString(first.client().port());

      assertThatItSays(
          Server.fail(home, "--server.port=" + port, "--fermata.data-dir=" + home.resolve("other")),
          port);
    }
  }

  private static void assertThatItSays(Server.Exit exit, String... words) {
    assertThat(exit.code()).isNotZero();
    assertThat(exit.output()).contains(words);
    assertThat(exit.output().lines())
        .as("no stack trace:\n" + exit.output())
        .noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Caused by:"));
  }
}
