package dev.fermata.tool.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fermata.job.Answer;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Run;
import dev.fermata.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has a model reply to a message, and to all that its session knows from before. What a reply came
 * to before it was stopped stays in the session, as far as the job's policy saves it.
 */
final class ChatHandler implements JobHandler {

  static final String CONTENT = "content";

  /** The stream of the reply's pieces, and the file of a long one. */
  static final String REPLY = "reply";

  private static final String USER = "user";
  private static final String ASSISTANT = "assistant";

  private final Model model;

  ChatHandler(Model model) {
    this.model = model;
  }

  @Override
  public Answer run(Run run) throws Exception {
    @Nullable Session session = run.session();
    var message = new ChatMessage(USER, run.input(CONTENT));
    var pieces = new Pieces(run);
    if (session == null) {
      return answer(run, reply(run, List.of(message), pieces));
    }
    session.append(message.role(), message.content());
    try {
      return answer(run, reply(run, conversation(session), pieces));
    } finally {
      if (!pieces.joined().isEmpty()) {
        session.append(ASSISTANT, pieces.joined());
      }
    }
  }

  /** Questions that were never answered stand in it too: the model sees what people saw. */
  private static List<ChatMessage> conversation(Session session) {
    return Stream.concat(
            session.newest().stream()
                .map(message -> new ChatMessage(message.role(), message.content())),
            session.appended().stream()
                .map(message -> new ChatMessage(message.role(), message.content())))
        .toList();
  }

  private String reply(Run run, List<ChatMessage> conversation, Pieces pieces) throws Exception {
    try {
      model.reply(conversation, pieces);
    } catch (Pieces.TooLong e) {
      throw new JobFailed(
          Reason.HANDLER_ERROR,
          "The reply is longer than " + Pieces.MOST_CHARACTERS + " characters; it was cut there.",
          null);
    }
    if (pieces.joined().isEmpty()) {
      run.warn("The model ended well but said nothing.");
    }
    return pieces.joined();
  }

  private static Answer answer(Run run, String reply) throws IOException {
    if (reply.getBytes(UTF_8).length <= Result.INLINE_BYTES) {
      return new Answer(Result.inline(Result.TEXT, reply), null);
    }
    Files.writeString(run.directory().resolve(REPLY), reply);
    return new Answer(Result.inFile(Result.TEXT, REPLY), null);
  }
}
