package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mockingDetails;

import dev.fermata.acceptance.Follower.Told;
import dev.fermata.store.SqliteJobs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** The backlog can be watched as it changes, by any number of people for the price of one. */
class BacklogStreamTest extends ServerTest {

  private static final String SSE = "Accept: text/event-stream";

  @MockitoSpyBean private SqliteJobs jobs;

  private Follower watch() throws IOException {
    return Follower.get(client().port(), "/backlog", SSE);
  }

  /** The first look that shows so many jobs. */
  private static Told until(Follower watcher, int length) throws IOException {
    Told told = watcher.next(1).getFirst();
    while (told.data().at("/length").asInt() != length) {
      told = watcher.next(1).getFirst();
    }
    return told;
  }

  @Test
  void everyLookIsTheBacklogAsItIs() throws IOException {
    try (Follower watcher = watch()) {
      assertThat(watcher.status()).isEqualTo(200);
      assertThat(watcher.header("Content-Type")).startsWith("text/event-stream");
      assertThat(watcher.header("Cache-Control")).isEqualTo("no-cache");
      Told empty = until(watcher, 0);
      assertThat(empty.type()).isEqualTo("backlog");
      assertThat(empty.id()).as("there is nothing to go on after").isEmpty();

      Script.Hold hold = script.hold("holds");
      String running = client().submit("script", "holds");
      hold.awaitBegin();
      String waiting = client().submit("script", "next");
      Told two = until(watcher, 2);

      assertThat(two.data().at("/jobs/0/id").asString()).isEqualTo(running);
      assertThat(two.data().at("/jobs/1/id").asString()).isEqualTo(waiting);
      assertThat(two.data().at("/jobs/1/position").asInt()).isEqualTo(1);
      hold.release();
      until(watcher, 0);
    }
  }

  @Test
  void manyWatchersCostNoMoreThanOne() throws Exception {
    Script.Hold hold = script.hold("holds");
    client().submit("script", "holds");
    hold.awaitBegin();
    List<Follower> watchers = new ArrayList<>();
    try (Follower first = watch()) {
      for (int i = 0; i < 20; i++) {
        watchers.add(watch());
      }
      until(first, 1);
      clearInvocations(jobs);
      long begin = System.nanoTime();
      client().submit("script", "next");
      until(first, 2);
      for (Follower watcher : watchers) {
        until(watcher, 2);
      }
      long seconds = (System.nanoTime() - begin) / 1_000_000_000 + 2;

      assertThat(looks()).isBetween(1L, seconds);
    } finally {
      for (Follower watcher : watchers) {
        watcher.close();
      }
      hold.release();
    }
  }

  private long looks() {
    return mockingDetails(jobs).getInvocations().stream()
        .filter(call -> call.getMethod().getName().equals("findAll"))
        .count();
  }

  @Test
  void streamBeginsAtTheHeadOfAllLanes() {
    Reply reply = client().get("/backlog?lane=default", "Accept", "text/event-stream");

    assertProblem(reply, 422, "invalid-parameter", "/lane");
  }
}
