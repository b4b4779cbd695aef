package dev.fermata.acceptance;

import static dev.fermata.acceptance.Turns.accepted;
import static dev.fermata.acceptance.Turns.messages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.acceptance.Follower.Told;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A reply goes on after its request was answered, and the next turn knows all of it. */
class HoldTheNoteTest extends ServerTest {

  /** So many that the reply takes some seconds. */
  private static final String LONG = Turns.words(50);

  @Test
  void turnIsAnsweredAtOnceAndSavedWithItsWholeReply() throws Exception {
    Reply answer = client().postJson("/sessions/note/messages", Turns.message(LONG));
    String id = accepted(answer);
    List<Told> told;

    try (Follower watcher = Follower.get(client().port(), "/jobs/" + id + "/events", Turns.SSE)) {
      Told third = watcher.next(3).getLast();
      assertThat(third.type()).isEqualTo("chunk");
      assertThat(third.data().toString()).isEqualTo("{\"stream\":\"reply\",\"text\":\"la \"}");
      assertThat(client().status(id)).as("while it is streamed").isEqualTo("running");
      assertProblem(client().get("/sessions/note"), 404, "unknown-session");
      told = watcher.rest();
    }

    assertThat(answer.json().at("/finished").asBoolean()).isFalse();
    assertThat("la " + text(told)).isEqualTo(LONG);
    assertThat(told.getLast().data().at("/status").asString()).isEqualTo("succeeded");
    assertThat(told.getLast().data().at("/result").asString()).isEqualTo(LONG);
    Reply session = client().get("/sessions/note");
    assertThat(session.json().at("/total").asInt()).isEqualTo(2);
    assertThat(session.json().at("/version").asInt()).isEqualTo(1);
    assertThat(messages(session))
        .containsExactly("user, succeeded: " + LONG, "assistant, succeeded: " + LONG);
  }

  private static String text(List<Told> told) {
    return told.stream()
        .filter(it -> it.type().equals("chunk"))
        .map(it -> it.data().at("/text").asString())
        .collect(Collectors.joining());
  }

  @Test
  void nextTurnSeesMessageAndReply() {
    script.on("looks", Turns::look);
    accepted(client().postJson("/sessions/seen/messages", Turns.message("Hold the note")));

    String next = Turns.submit(client(), "seen", "looks"); // sent while the first one replies

    assertThat(client().ended(next).at("/result"))
        .isEqualTo("user, succeeded: Hold the note\nassistant, succeeded: Hold the note");
    Reply session = client().get("/sessions/seen");
    assertThat(session.json().at("/total").asInt()).isEqualTo(3);
    assertThat(session.json().at("/version").asInt()).isEqualTo(2);
  }
}
