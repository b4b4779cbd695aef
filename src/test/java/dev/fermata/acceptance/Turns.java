package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Run;
import dev.fermata.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the scripted jobs of these tests do in their sessions, and what is to be read there. */
final class Turns {

  static final String SSE = "Accept: text/event-stream";

  /** What a reply has come to when it breaks off. */
  static final String FIVE_PIECES = "1 2 3 4 5 ";

  private Turns() {}

  static Session session(Run run) {
    return Objects.requireNonNull(run.session());
  }

  static Answer say(Run run) {
    session(run).append("user", run.input("text"));
    return Script.answer("said");
  }

  /** Answers with all that the job sees of its session, a line for each message. */
  static Answer look(Run run) {
    String seen =
        session(run).newest().stream()
            .map(it -> it.role() + ", " + it.outcome().word() + ": " + it.content())
            .collect(Collectors.joining("\n"));
    session(run).append("user", "What do you see?");
    return Script.answer(seen);
  }

  /** As a chat does it: five pieces of a reply, of which the session gets what there is. */
  static JobHandler replyAndThen(JobHandler next) {
    return run -> {
      var reply = new StringBuilder();
      session(run).append("user", run.input("text"));
      try {
        for (int n = 1; n <= 5; n++) {
          run.chunk("reply", n + " ");
          reply.append(n).append(' ');
        }
        return next.run(run);
      } finally {
        session(run).append("assistant", reply.toString());
      }
    };
  }

  static String words(int count) {
    return "la ".repeat(count - 1) + "end";
  }

  static String message(String content, String... options) {
    var message = new StringBuilder("{\"content\":\"" + content + "\"");
    for (int n = 0; n < options.length; n += 2) {
      message.append(",\"%s\":\"%s\"".formatted(options[n], options[n + 1]));
    }
    return message.append('}').toString();
  }

  static String accepted(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
    return reply.id();
  }

  static String submit(Client client, String session, String text, String... options) {
    String path = "/jobs?kind=script&session=" + session;
    return accepted(client.postBody(path + "&" + String.join("&", options), "text/plain", text));
  }

  /** Each message as role, outcome and content. */
  static List<String> messages(Reply session) {
    return session
        .json()
        .at("/messages")
        .valueStream()
        .map(
            it ->
                it.at("/role").asString()
                    + ", "
                    + it.at("/outcome").asString()
                    + ": "
                    + it.at("/content").asString())
        .toList();
  }

  /** The jobs that added the messages, in their order. */
  static List<String> jobs(Reply session) {
    return session
        .json()
        .at("/messages")
        .valueStream()
        .map(it -> it.at("/job").asString())
        .toList();
  }

  /** The pieces of text that a job gave out. */
  static List<String> pieces(Client client, String job) {
    var pieces = new ArrayList<String>();
    client
        .get("/jobs/" + job + "/events")
        .json()
        .valueStream()
        .filter(event -> event.at("/type").asString().equals("chunk"))
        .forEach(event -> pieces.add(event.at("/data/text").asString()));
    return pieces;
  }

  /** Waits until some pieces of a reply have come. */
  static void awaitPieces(Client client, String job, int count) {
    Eventually.holds(() -> pieces(client, job).size() >= count);
  }
}
