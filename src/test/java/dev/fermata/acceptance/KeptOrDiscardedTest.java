package dev.fermata.acceptance;

import static dev.fermata.acceptance.Turns.FIVE_PIECES;
import static dev.fermata.acceptance.Turns.accepted;
import static dev.fermata.acceptance.Turns.messages;
import static dev.fermata.acceptance.Turns.pieces;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.job.Reason;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.Run;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a turn leaves behind that breaks off after five pieces of its reply. */
class KeptOrDiscardedTest extends ServerTest {

  @BeforeEach
  void writeScript() {
    script.on("says", Turns::say);
    script.on("looks", Turns::look);
    script.on("failed", Turns.replyAndThen(KeptOrDiscardedTest::fail));
  }

  private static Answer fail(Run run) throws JobFailed {
    throw new JobFailed(Reason.HANDLER_ERROR, "as told", null);
  }

  /** Runs a turn that ends as its text says. */
  private void breakOff(String session, String end, String policies) {
    Script.Hold hold = new Script.Hold(new CountDownLatch(1), new CountDownLatch(1));
    if (!end.equals("failed")) {
      script.on(end, Turns.replyAndThen(hold));
    }
    String id = Turns.submit(client(), session, end, policies);
    if (end.equals("cancelled")) {
      hold.awaitBegin();
      client().post("/jobs/" + id + "/cancel");
    }
    assertThat(client().ended(id).at("/status")).isEqualTo(end);
    assertThat(String.join("", pieces(client(), id)))
        .as("what was given out stays an event")
        .isEqualTo(FIVE_PIECES);
  }

  @ParameterizedTest
  @CsvSource({
    "cancelled, onCancel=keep&onFailure=discard",
    "failed, onCancel=discard&onFailure=keep",
    "timed_out, onCancel=discard&onFailure=keep&timeout=1s",
    "cancelled, ''"
  })
  void keptTurnIsMessagePartOfTheReplyAndOutcome(String end, String policies) {
    String session = "kept-" + end + policies.length();
    Turns.submit(client(), session, "says");

    breakOff(session, end, policies);

    Reply after = client().get("/sessions/" + session);
    String said = end + ": " + end;
    assertThat(messages(after))
        .containsExactly(
            "user, succeeded: says", "user, " + said, "assistant, " + end + ": " + FIVE_PIECES);
    assertThat(after.json().at("/version").asInt()).isEqualTo(2);
    String next = Turns.submit(client(), session, "looks");
    assertThat(client().ended(next).at("/result"))
        .as("the next job sees how it ended")
        .isEqualTo(String.join("\n", messages(after)));
  }

  @ParameterizedTest
  @CsvSource({
    "cancelled, onCancel=discard&onFailure=keep",
    "failed, onCancel=keep&onFailure=discard",
    "timed_out, onCancel=keep&onFailure=discard&timeout=1s",
    "failed, ''"
  })
  void discardedTurnLeavesTheSessionAsItWasByteByByte(String end, String policies) {
    String session = "discarded-" + end + policies.length();
    client().ended(Turns.submit(client(), session, "says"));
    Reply before = client().get("/sessions/" + session);

    breakOff(session, end, policies);

    Reply after = client().get("/sessions/" + session);
    assertThat(after.text()).isEqualTo(before.text());
    assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
    assertThat(after.json().at("/version").asInt()).isEqualTo(1);
    String next = Turns.submit(client(), session, "looks");
    assertThat(client().ended(next).at("/result")).isEqualTo("user, succeeded: says");
  }

  @ParameterizedTest
  @CsvSource({"cancelled, onCancel=discard", "failed, onFailure=discard"})
  void discardedFirstTurnLeavesNoSession(String end, String policies) {
    breakOff("never-" + end, end, policies);

    assertProblem(client().get("/sessions/never-" + end), 404, "unknown-session");
    assertThat(client().get("/sessions").text()).doesNotContain("never-");
  }

  @Test
  void readersSeeTheStateBeforeATurnThatHasGivenOutFivePieces() {
    Script.Hold hold = script.hold("holds");
    script.on("holds", Turns.replyAndThen(hold));
    client().ended(Turns.submit(client(), "read-during", "says"));
    Reply before = client().get("/sessions/read-during");
    String id = Turns.submit(client(), "read-during", "holds");
    Turns.awaitPieces(client(), id, 5);

    Reply during = client().get("/sessions/read-during");
    Reply history = client().get("/sessions/read-during/messages");
    hold.release();
    client().ended(id);

    assertThat(during.text().replace("\"" + id + "\"", "null")).isEqualTo(before.text());
    assertThat(history.json().at("/messages")).isEqualTo(before.json().at("/messages"));
    assertThat(messages(client().get("/sessions/read-during"))).hasSize(3);
  }

  @Test
  void chatThatIsCancelledKeepsTheMessageAndWhatThereWasOfTheReply() {
    String path = "/sessions/broken-off/messages";
    String id = accepted(client().postJson(path, Turns.message(Turns.words(400))));
    Turns.awaitPieces(client(), id, 5);

    Reply cancelled = client().post("/jobs/" + id + "/cancel", "Prefer", "wait=60");
    String next = accepted(client().postJson(path, Turns.message("And now?")));
    client().ended(next);

    String reply = String.join("", pieces(client(), id));
    assertThat(cancelled.at("/status")).isEqualTo("cancelled");
    assertThat(reply).startsWith("la la la la la ").hasSizeLessThan(1200);
    assertThat(messages(client().get("/sessions/broken-off")))
        .containsExactly(
            "user, cancelled: " + Turns.words(400),
            "assistant, cancelled: " + reply,
            "user, succeeded: And now?",
            "assistant, succeeded: And now?");
  }
}
