package dev.fermata.acceptance;

import static dev.fermata.acceptance.Turns.accepted;
import static dev.fermata.acceptance.Turns.messages;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session survives its server: each turn is in it once, however often it had to begin. */
class HoldTheNoteIT {

  private static final String NOTE = "/sessions/note";
  private static final String LONG = Turns.words(60);

  @TempDir private Path home;

  /** A chat as it is delivered, and a program that answers with what it sees of its session. */
  @BeforeEach
  void writeSettings() throws IOException {
    Files.writeString(
        home.resolve("settings.yml"),
        """
        fermata:
          grace: 200ms
          kill-grace: 100ms
          kinds:
            looks: { handler: command, command: [sh, -c, 'cat "$FERMATA_SESSION"'] }
        """);
  }

  @Test
  void turnsGoOnWhereTheyWereAfterACrashAndAfterAStop() throws IOException {
    List<String> turns;
    String before;
    String cutOff;
    try (Server server = Server.start(home)) {
      turns = takeTurns(server.client());
      before = server.client().get(NOTE).text();
      cutOff = begin(server.client());
      server.kill();
    }
    try (Server server = Server.start(home)) {
      Client client = server.client();
      assertThat(client.get(NOTE).text().replace("\"" + cutOff + "\"", "null")).isEqualTo(before);
      assertTakenAgain(client, cutOff, 3, turns);
      assertThat(looks(client)).isEqualTo(messages(client.get(NOTE)));
      turns = messages(client.get(NOTE));

      cutOff = begin(client);
      server.askToStop();
      server.awaitExit();
    }
    try (Server server = Server.start(home)) {
      assertTakenAgain(server.client(), cutOff, 4, turns);
    }
  }

  /** A whole turn, one that is cancelled and kept, and one that is cancelled and discarded. */
  private static List<String> takeTurns(Client client) {
    client.ended(send(client, "Hold the note"));
    Reply first = client.get(NOTE);
    String kept = begin(client);
    client.post("/jobs/" + kept + "/cancel", "Prefer", "wait=60");
    Reply second = client.get(NOTE);
    String dropped = begin(client, "onCancel", "discard");
    client.post("/jobs/" + dropped + "/cancel", "Prefer", "wait=60");

    assertThat(first.json().at("/version").asInt()).isEqualTo(1);
    assertThat(first.json().at("/total").asInt()).isEqualTo(2);
    assertThat(messages(second))
        .containsExactly(
            "user, succeeded: Hold the note",
            "assistant, succeeded: Hold the note",
            "user, cancelled: " + LONG,
            "assistant, cancelled: " + String.join("", Turns.pieces(client, kept)));
    assertThat(client.status(dropped)).isEqualTo("cancelled");
    assertThat(client.get(NOTE).text()).isEqualTo(second.text());
    return messages(second);
  }

  private static String send(Client client, String content, String... options) {
    return accepted(client.postJson(NOTE + "/messages", Turns.message(content, options)));
  }

  /** A turn that has begun its long reply. */
  private static String begin(Client client, String... options) {
    String id = send(client, LONG, options);
    Turns.awaitPieces(client, id, 2);
    return id;
  }

  private static void assertTakenAgain(
      Client client, String job, int version, List<String> turnsBefore) {
    Reply ended = client.ended(job);
    Reply session = client.get(NOTE);

    assertThat(ended.at("/status")).isEqualTo("succeeded");
    assertThat(ended.json().at("/attempt").asInt()).isEqualTo(2);
    assertThat(ended.at("/result")).isEqualTo(LONG);
    assertThat(messages(session))
        .startsWith(turnsBefore.toArray(String[]::new))
        .endsWith("user, succeeded: " + LONG, "assistant, succeeded: " + LONG)
        .hasSize(turnsBefore.size() + 2);
    assertThat(session.json().at("/version").asInt()).isEqualTo(version);
  }

  private static List<String> looks(Client client) {
    String id = accepted(client.postJson("/jobs", "{\"kind\":\"looks\",\"session\":\"note\"}"));
    client.ended(id);
    return messages(client.get("/jobs/" + id + "/result"));
  }
}
