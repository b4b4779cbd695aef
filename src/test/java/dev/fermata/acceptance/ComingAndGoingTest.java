package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.feed.Attendance;
import dev.fermata.feed.Feed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Watchers that come and go in numbers leave nothing behind. */
class ComingAndGoingTest extends ServerTest {

  private static final int VISITS = 1000;
  private static final int AT_ONCE = 20;

  /** Pools breathe a little; a thread for each visit would be many more. */
  private static final int FEW = 30;

  @Autowired Feed feed;
  @Autowired Attendance attendance;

  @Test
  void nothingIsLeftOfAThousandVisits() throws Exception {
    Script.Hold hold = script.hold("holds");
    String id = client().submit("script", "holds");
    hold.awaitBegin();
    visit(id, AT_ONCE);
    Eventually.holds(() -> feed.watches() == 0);
    long seen = seen();
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();

    visit(id, VISITS);

    Eventually.holds(() -> seen() == seen + VISITS);
    Eventually.holds(() -> feed.watches() == 0);
    assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + FEW);
    assertThat(attendance.known()).as("somebody left who had asked for a cancel").isEqualTo(1);
    assertThat(client().status(id)).isEqualTo("running");
    hold.release();
    assertThat(client().ended(id).at("/status")).isEqualTo("succeeded");
    Eventually.holds(() -> attendance.known() == 0);
  }

  private long seen() {
    return attendance.gone(Attendance.Seen.PROBE) + attendance.gone(Attendance.Seen.WRITE);
  }

  private void visit(String id, int visits) throws Exception {
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int n = 0; n < visits; n++) {
        boolean reset = n % 2 == 0;
        String wish = n % 4 < 2 ? "?onDisconnect=cancel&disconnectGrace=1h" : "";
        all.add(clients.submit(() -> visit("/jobs/" + id + "/events" + wish, reset)));
      }
    }
    for (Future<?> visit : all) {
      visit.get();
    }
  }

  private void visit(String path, boolean reset) {
    try (Follower follower = Follower.get(client().port(), path, "Accept: text/event-stream")) {
      assertThat(follower.next(2)).hasSize(2);
      if (reset) {
        follower.reset();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
