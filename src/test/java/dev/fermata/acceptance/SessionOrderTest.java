package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.Answer;
import dev.fermata.kind.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The turns of one session are taken in order, one at a time; those of two run side by side. */
class SessionOrderTest extends ServerTest {

  private static final int CLIENTS = 20;
  private static final int TURNS_EACH = 5;
  private static final int TURNS = CLIENTS * TURNS_EACH;

  /** It has several workers. */
  private static final String LANE = "lane=wide";

  @Test
  void hundredTurnsOfTwentyClientsRunOneAtATimeInTheOrderOfTheirAcceptance() throws Exception {
    script.on("counts", SessionOrderTest::count);

    List<String> ids = takeTurns("crowd").stream().sorted().toList();

    assertThat(ids).hasSize(TURNS).doesNotHaveDuplicates();
    assertThat(ids).allMatch(id -> client().ended(id).at("/status").equals("succeeded"));
    assertThat(script.spans().stream().map(it -> it.id().toString())).isEqualTo(ids);
    assertThatNoneOverlap(ids);
    Reply history = client().get("/sessions/crowd/messages?limit=" + TURNS);
    assertThat(Turns.jobs(history)).isEqualTo(ids);
    assertThat(Turns.messages(history))
        .as("each turn saw all those before it")
        .isEqualTo(IntStream.range(0, TURNS).mapToObj(n -> "user, succeeded: " + n).toList());
    Reply session = client().get("/sessions/crowd");
    assertThat(session.json().at("/version").asInt()).isEqualTo(TURNS);
    assertThat(session.json().at("/total").asInt()).isEqualTo(TURNS);
  }

  private static Answer count(Run run) {
    Turns.session(run).append("user", Long.toString(Turns.session(run).total()));
    return Script.answer("counted");
  }

  private List<String> takeTurns(String session) throws Exception {
    Callable<List<String>> turns =
        () -> {
          var own = new Client(client().port());
          return Stream.generate(() -> Turns.submit(own, session, "counts", LANE))
              .limit(TURNS_EACH)
              .toList();
        };
    var ids = new ArrayList<String>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<List<String>> one :
          clients.invokeAll(Stream.generate(() -> turns).limit(CLIENTS).toList())) {
        assertThat(one.get()).as("in the order of its 202s").isSorted();
        ids.addAll(one.get());
      }
    }
    return ids;
  }

  private void assertThatNoneOverlap(List<String> ids) {
    script.spans().stream()
        .gather(Gatherers.windowSliding(2))
        .forEach(two -> assertThat(two.getLast().began()).isGreaterThan(two.getFirst().ended()));
    ids.stream()
        .map(id -> client().job(id))
        .gather(Gatherers.windowSliding(2))
        .forEach(
            two ->
                assertThat(Instant.parse(two.getLast().at("/startedAt")))
                    .isAfterOrEqualTo(Instant.parse(two.getFirst().at("/finishedAt"))));
  }

  @Test
  void turnsOfTwoSessionsRunSideBySide() {
    var both = new CyclicBarrier(2);
    script.on("meets", run -> Script.answer("met as " + both.await(1, TimeUnit.MINUTES)));

    String one = Turns.submit(client(), "one", "meets", LANE);
    String two = Turns.submit(client(), "two", "meets", LANE);

    assertThat(client().ended(one).at("/status")).isEqualTo("succeeded");
    assertThat(client().ended(two).at("/status")).isEqualTo("succeeded");
  }
}
