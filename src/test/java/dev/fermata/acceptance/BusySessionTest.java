package dev.fermata.acceptance;

import static dev.fermata.acceptance.Turns.accepted;
import static dev.fermata.acceptance.Turns.messages;
import static dev.fermata.acceptance.Turns.submit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a message does that finds its session busy. */
class BusySessionTest extends ServerTest {

  private static final int AT_ONCE = 50;

  /** The lane of messages, which has workers to spare. */
  private static final String LANE = "lane=chat";

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayStop = new CountDownLatch(1);

  @BeforeEach
  void writeScript() {
    script.on("says", Turns::say);
    script.on("holds", Turns.replyAndThen(run -> hold()));
  }

  @AfterEach
  void letGo() {
    mayStop.countDown();
  }

  /** Goes on until it is stopped, and takes its time for that. */
  private Answer hold() throws InterruptedException {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      mayStop.await();
      throw e;
    }
    throw new AssertionError("it can't get here");
  }

  private String holder(String session, String... options) {
    String id = submit(client(), session, "holds", options);
    Eventually.holds(() -> begun.getCount() == 0);
    return id;
  }

  @Test
  void messagesThatWaitGetTheirPlaces() {
    holder("line", LANE);

    List<Reply> replies =
        Stream.of("a", "b", "c")
            .map(it -> client().postJson("/sessions/line/messages", Turns.message(it)))
            .toList();

    assertThat(replies).allMatch(it -> it.status() == 202 && it.at("/status").equals("queued"));
    assertThat(replies.stream().map(it -> it.json().at("/position").asInt()))
        .containsExactly(1, 2, 3);
  }

  @Test
  void ofFiftyMessagesAtOnceThatWouldRatherNotWaitOneIsAccepted() throws Exception {
    String rather = Turns.message(Turns.words(1000), "onBusy", "reject");
    Callable<Reply> one =
        () -> new Client(client().port()).postJson("/sessions/fifty/messages", rather);
    List<Reply> replies;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      replies =
          clients.invokeAll(Stream.generate(() -> one).limit(AT_ONCE).toList()).stream()
              .map(Future::resultNow)
              .toList();
    }

    List<Reply> taken = replies.stream().filter(it -> it.status() == 202).toList();
    List<Reply> refused = replies.stream().filter(it -> it.status() == 409).toList();
    assertThat(taken).hasSize(1);
    assertThat(refused).hasSize(AT_ONCE - 1);
    assertThat(refused)
        .allMatch(it -> it.at("/type").equals("/problems/session-busy"))
        .allMatch(it -> it.at("/job").equals(taken.getFirst().id()))
        .allMatch(it -> it.header("Retry-After").matches("[1-9]\\d*"));
    assertThat(client().get("/jobs?session=fifty").json().at("/jobs")).hasSize(1);
  }

  @Test
  void interruptingMessageStartsOnceTheHolderHasStoppedAndBeforeThoseThatWait() {
    String holder = holder("cut-in", LANE);
    List<String> waiting =
        List.of(submit(client(), "cut-in", "says", LANE), submit(client(), "cut-in", "says", LANE));

    Reply answer =
        client()
            .postJson("/sessions/cut-in/messages", Turns.message("Stop!", "onBusy", "interrupt"));
    String cutIn = accepted(answer);

    assertThat(answer.json().at("/position").asInt()).isEqualTo(1);
    assertThat(client().status(holder)).isEqualTo("cancelling");
    assertThat(client().status(cutIn)).as("the holder has not stopped yet").isEqualTo("queued");
    assertThat(client().job(waiting.getFirst()).json().at("/position").asInt()).isEqualTo(2);
    mayStop.countDown();
    assertSuperseded(holder);
    client().ended(waiting.getLast());
    assertThat(Turns.jobs(client().get("/sessions/cut-in")))
        .containsExactly(holder, holder, cutIn, cutIn, waiting.getFirst(), waiting.getLast());
    assertThat(time(cutIn, "/startedAt")).isAfterOrEqualTo(time(holder, "/finishedAt"));
    assertThat(time(waiting.getFirst(), "/startedAt")).isAfterOrEqualTo(time(cutIn, "/finishedAt"));
  }

  @Test
  void rollbackLeavesNothingOfTheHolderThoughItAskedToBeKept() {
    client().ended(submit(client(), "rolled", "says"));
    String holder = holder("rolled", LANE, "onCancel=keep");
    mayStop.countDown();

    String id =
        accepted(
            client()
                .postJson(
                    "/sessions/rolled/messages", Turns.message("Again", "onBusy", "rollback")));

    client().ended(id);
    assertSuperseded(holder);
    Reply session = client().get("/sessions/rolled");
    assertThat(messages(session))
        .containsExactly(
            "user, succeeded: says", "user, succeeded: Again", "assistant, succeeded: Again");
    assertThat(session.json().at("/version").asInt()).isEqualTo(2);
  }

  @Test
  void interruptedTurnIsDiscardedIfItAskedForThat() {
    String holder = holder("dropped", LANE, "onCancel=discard");
    mayStop.countDown();

    String id = submit(client(), "dropped", "says", LANE, "onBusy=interrupt");

    client().ended(id);
    assertSuperseded(holder);
    assertThat(messages(client().get("/sessions/dropped")))
        .containsExactly("user, succeeded: says");
  }

  private void assertSuperseded(String holder) {
    Reply ended = client().ended(holder);
    assertThat(ended.at("/status")).isEqualTo("cancelled");
    assertThat(ended.at("/reason")).isEqualTo("superseded");
  }

  private Instant time(String job, String pointer) {
    return Instant.parse(client().job(job).at(pointer));
  }
}
