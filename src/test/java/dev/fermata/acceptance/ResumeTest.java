package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.acceptance.Follower.Told;
import dev.fermata.kind.JobHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is cut off while a job talks goes on where it was, wherever that was. */
class ResumeTest extends ServerTest {

  private static final String SSE = "Accept: text/event-stream";
  private static final int MANY = 1000;

  private final Semaphore words = new Semaphore(0);

  /** A job says a word for each permit. */
  private String talking(int count) {
    var began = new CountDownLatch(1);
    JobHandler scene =
        run -> {
          began.countDown();
          for (int n = 1; n <= count; n++) {
            words.acquire();
            run.chunk("stdout", "word " + n);
          }
          return Script.answer("said");
        };
    script.on("talks", scene);
    String id = client().submit("script", "talks");
    Eventually.holds(() -> began.getCount() == 0);
    return "/jobs/" + id + "/events";
  }

  @AfterEach
  void letItEnd() {
    words.release(MANY);
  }

  private Follower follow(String path, String last) throws IOException {
    Follower follower = Follower.get(client().port(), path, SSE, "Last-Event-ID: " + last);
    assertThat(follower.status()).isEqualTo(200);
    return follower;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void followerThatIsCutOffAfterEveryWordMissesNone(boolean reset) throws Exception {
    String path = talking(10);
    var told = new ArrayList<Told>();
    for (int n = 1; n <= 10; n++) {
      try (Follower client = follow(path, Integer.toString(told.size()))) {
        words.release();
        while (!isWord(told, n)) {
          told.add(client.next());
        }
        if (reset) {
          client.reset();
        }
      }
    }
    try (Follower client = follow(path, Integer.toString(told.size()))) {
      told.addAll(client.rest());
    }
    assertWhole(told, 10);
  }

  private static boolean isWord(List<Told> told, int n) {
    return !told.isEmpty() && text(told.getLast()).equals("word " + n);
  }

  private static String text(Told told) {
    return told.data().at("/text").asString();
  }

  /** Queued, running, each word once and in order, and the end. */
  private static void assertWhole(List<Told> told, int count) {
    assertThat(told).extracting(Told::id).isEqualTo(numbers(1, count + 3));
    assertThat(told.subList(0, 2)).extracting(Told::type).containsOnly("status");
    assertThat(told.subList(2, count + 2))
        .extracting(ResumeTest::text)
        .isEqualTo(IntStream.rangeClosed(1, count).mapToObj(n -> "word " + n).toList());
    assertThat(told.getLast().type()).isEqualTo("end");
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  @Test
  void thousandWordsAtOnceReachTwoWatchersThatAreCutOffInDifferentPlaces() throws Exception {
    String path = talking(MANY);
    var first = new ArrayList<Told>();
    var second = new ArrayList<Told>();
    try (Follower one = follow(path, "");
        Follower other = follow(path, "1")) {
      first.addAll(one.next(2));
      second.addAll(first.subList(0, 1));
      words.release(MANY);
      first.addAll(one.next(250));
      one.reset();
      second.addAll(other.next(700));
    }
    try (Follower one = follow(path, first.getLast().id());
        Follower other = follow(path, second.getLast().id())) {
      second.addAll(other.rest());
      first.addAll(one.rest());
    }
    assertWhole(first, MANY);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void whoComesLateGetsAllOrOnlyWhatIsNew() throws Exception {
    String path = talking(10);
    List<Told> known;
    words.release(5);
    try (Follower begin = follow(path, "")) {
      known = begin.next(7);
    }
    try (Follower start = follow(path, "");
        Follower tail = follow(path + "?tail=true", "")) {
      words.release(5);
      List<Told> all = start.rest();
      assertWhole(all, 10);
      assertThat(known).isEqualTo(all.subList(0, 7));
      assertThat(tail.rest()).isEqualTo(all.subList(7, all.size()));
      try (Follower replay = follow(path, "");
          Follower nearly = follow(path, "12")) {
        assertThat(replay.rest()).isEqualTo(all);
        assertThat(nearly.rest()).isEqualTo(all.subList(12, 13));
      }
    }
  }
}
