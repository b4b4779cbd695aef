package dev.fermata.tool.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.Answer;
import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.job.SessionChange.Appended;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import dev.fermata.journal.Sample;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.JobHandler;
import dev.fermata.session.Message;
import dev.fermata.session.SavedSession;
import dev.fermata.session.Session;
import dev.fermata.session.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatHandlerTest {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  /** A session whose first turn was never answered. */
  private static final Sessions SAVED =
      new Sessions() {
        @Override
        public Optional<SavedSession> find(SessionId id) {
          return Optional.of(new SavedSession(1, id, "{}", 1, 1, NOON, NOON));
        }

        @Override
        public List<Message> messages(SessionId id, long before, int limit) {
          var job = new JobId(new UUID(0, 1));
          return List.of(new Message(0, "user", "before", NOON, job, Status.CANCELLED));
        }

        @Override
        public List<SavedSession> page(Owner owner, long before, int limit) {
          throw new UnsupportedOperationException();
        }
      };

  @TempDir Path directory;

  @Test
  void aMessageIsAnsweredWithoutASession() throws Exception {
    var run = new ChatRun(directory, "hello  you", null);
    Answer answer = handler(new Echo(Duration.ZERO)).run(run);
    assertThat(answer).isEqualTo(new Answer(Result.inline(Result.TEXT, "hello  you"), null));
    assertThat(run.trail).containsExactly("reply: hello  ", "reply: you");
  }

  @Test
  void theSessionKeepsTheMessageFirstAndThenTheReply() throws Exception {
    Session session = session();
    var run = new ChatRun(directory, "hi", session);
    Model model =
        (conversation, pieces) -> {
          assertThat(conversation)
              .containsExactly(new ChatMessage("user", "before"), new ChatMessage("user", "hi"));
          assertThat(session.appended()).containsExactly(new Appended("user", "hi", NOON));
          pieces.accept("Good ");
          pieces.accept("day");
        };
    assertThat(handler(model).run(run).result()).isEqualTo(Result.inline(Result.TEXT, "Good day"));
    assertThat(session.appended())
        .containsExactly(
            new Appended("user", "hi", NOON), new Appended("assistant", "Good day", NOON));
  }

  @Test
  void aReplyThatWasCutOffStaysInTheSessionAsFarAsItCame() {
    var failure = new JobFailed(Reason.HANDLER_ERROR, "gone", null);
    for (Exception cut : List.of(failure, new InterruptedException())) {
      Session session = session();
      Model model =
          (conversation, pieces) -> {
            pieces.accept("Go");
            if (cut instanceof JobFailed failed) {
              throw failed;
            }
            throw new InterruptedException();
          };
      assertThatThrownBy(() -> handler(model).run(new ChatRun(directory, "hi", session)))
          .isInstanceOf(cut.getClass());
      assertThat(session.appended()).extracting(Appended::content).containsExactly("hi", "Go");
    }
  }

  @Test
  void aReplyThatNeverBeganLeavesTheMessageOnly() {
    Session session = session();
    Model model =
        (conversation, pieces) -> {
          throw new InterruptedException();
        };
    assertThatThrownBy(() -> handler(model).run(new ChatRun(directory, "hi", session)))
        .isInstanceOf(InterruptedException.class);
    assertThat(session.appended()).containsExactly(new Appended("user", "hi", NOON));
  }

  @Test
  void aLongReplyIsAFile() throws Exception {
    String message = "x".repeat(Result.INLINE_BYTES + 1);
    var run = new ChatRun(directory, message, null);
    Answer answer = handler(new Echo(Duration.ZERO)).run(run);
    assertThat(answer.result()).isEqualTo(Result.inFile(Result.TEXT, "reply"));
    assertThat(Files.readString(directory.resolve("reply"))).isEqualTo(message);
  }

  @Test
  void aReplyWithoutEndIsCut() {
    Session session = session();
    Model model =
        (conversation, pieces) -> {
          while (true) {
            pieces.accept("x".repeat(99_999));
          }
        };
    assertThatThrownBy(() -> handler(model).run(new ChatRun(directory, "hi", session)))
        .isInstanceOf(JobFailed.class)
        .hasMessageContaining("longer than 1000000 characters");
    assertThat(session.appended().getLast().content()).hasSize(10 * 99_999);
  }

  @Test
  void aCharacterThatComesInHalvesIsGivenOutWhole() throws Exception {
    var run = new ChatRun(directory, "hi", null);
    Model model =
        (conversation, pieces) -> {
          pieces.accept("note \ud834");
          pieces.accept("\udd10");
        };
    handler(model).run(run);
    assertThat(run.trail).containsExactly("reply: note ", "reply: \ud834\udd10");
  }

  @Test
  void aModelThatSaysNothingIsRemarked() throws Exception {
    var run = new ChatRun(directory, "hi", session());
    handler((conversation, pieces) -> {}).run(run);
    assertThat(run.trail).singleElement().asString().contains("said nothing");
  }

  @Test
  void theKindTakesOneMessage() {
    var factory = new ChatHandlerFactory(echoes());
    var settings = new ChatSettings("echo");
    assertThat(factory.inputs().raw("hi")).isEqualTo(Map.of("content", "hi"));
    assertThat(factory.inputs().declared()).singleElement().matches(input -> input.required());
    assertThat(factory.create("chat", factory.inputs(), settings)).isNotNull();
    assertThatThrownBy(() -> factory.create("chat", factory.inputs(), new ChatSettings("ehco")))
        .hasMessageContaining("did you mean echo?");
  }

  private static JobHandler handler(Model model) {
    return new ChatHandler(model);
  }

  private static Models echoes() {
    return new Models(
        Map.of(
            "echo",
            new ModelSettings(
                Duration.ZERO, null, null, null, Duration.ofSeconds(1), Duration.ofSeconds(1))));
  }

  private static Session session() {
    return Session.open(Sample.session("s"), SAVED, 30, Clock.fixed(NOON, ZoneOffset.UTC));
  }
}
