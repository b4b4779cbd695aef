package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Gatherers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Jobs start in the order in which they were accepted, one at a time. */
class OrderTest extends ServerTest {

  private static final int CLIENTS = 10;
  private static final int JOBS_EACH = 20;
  private static final int JOBS = CLIENTS * JOBS_EACH;

  @Test
  void twoHundredJobsOfTenClientsRunOneAtATimeInTheOrderOfTheirAcceptance() throws Exception {
    Script.Hold first = script.hold("first");
    String holder = client().submit("script", "first");
    first.awaitBegin();

    List<Reply> accepted = postAllAtOnce();
    List<String> ids = accepted.stream().map(Reply::id).sorted().toList();
    List<String> inLine = ids(client().all("/backlog?limit=500"));
    first.release();
    client().ended(ids.getLast());

    assertThat(ids).doesNotHaveDuplicates().hasSize(JOBS);
    assertThat(inLine).startsWith(holder).endsWith(ids.getLast()).hasSize(JOBS + 1);
    assertThat(inLine.subList(1, JOBS + 1)).isEqualTo(ids);
    assertThat(accepted.stream().map(it -> it.json().at("/position").asInt()))
        .as("nothing started meanwhile, so that each got the place of its acceptance")
        .containsExactlyInAnyOrderElementsOf(oneTo(JOBS));
    assertThat(accepted.stream().sorted(Comparator.comparing(Reply::id)).map(Reply::json))
        .extracting(it -> it.at("/position").asInt())
        .isEqualTo(oneTo(JOBS));
    assertThat(script.spans().stream().skip(1).map(it -> it.id().toString()))
        .containsExactlyElementsOf(ids);
    assertThatNoneOverlap(ids);
  }

  private void assertThatNoneOverlap(List<String> ids) {
    script.spans().stream()
        .gather(Gatherers.windowSliding(2))
        .forEach(two -> assertThat(two.getLast().began()).isGreaterThan(two.getFirst().ended()));
    ids.stream()
        .map(id -> client().job(id).json())
        .gather(Gatherers.windowSliding(2))
        .forEach(
            two ->
                assertThat(time(two.getLast(), "/startedAt"))
                    .isAfterOrEqualTo(time(two.getFirst(), "/finishedAt")));
  }

  private List<Reply> postAllAtOnce() throws Exception {
    var go = new CountDownLatch(1);
    var posting = new ArrayList<Future<List<Reply>>>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (int n = 0; n < CLIENTS; n++) {
        posting.add(clients.submit(() -> post(go)));
      }
      go.countDown();
    }
    var accepted = new ArrayList<Reply>();
    for (Future<List<Reply>> one : posting) {
      accepted.addAll(one.get());
    }
    return accepted;
  }

  private List<Reply> post(CountDownLatch go) throws InterruptedException {
    var own = new Client(client().port());
    var accepted = new ArrayList<Reply>();
    go.await();
    for (int n = 0; n < JOBS_EACH; n++) {
      accepted.add(own.postBody("/jobs?kind=script", "text/plain", "job " + n));
    }
    assertThat(accepted).allMatch(it -> it.status() == 202);
    assertThat(accepted.stream().map(Reply::id).toList())
        .as("each client's own jobs are in the order of its 202s")
        .isSortedAccordingTo(Comparator.naturalOrder());
    return accepted;
  }

  private static List<String> ids(List<JsonNode> jobs) {
    return jobs.stream().map(job -> text(job, "/id")).toList();
  }

  private static Instant time(JsonNode job, String pointer) {
    return Instant.parse(text(job, pointer));
  }

  private static List<Integer> oneTo(int last) {
    var numbers = new ArrayList<Integer>();
    for (int n = last; n > 0; n--) {
      numbers.add(n);
    }
    Collections.reverse(numbers);
    return numbers;
  }
}
