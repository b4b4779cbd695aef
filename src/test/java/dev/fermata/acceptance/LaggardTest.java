package dev.fermata.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.acceptance.Follower.Told;
import java.io.EOFException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A watcher that lags behind holds up nobody, and is never told that it has all when it has not.
 */
class LaggardTest extends ServerTest {

  private static final String SSE = "Accept: text/event-stream";

  /** Together more than the buffers of a connection hold. */
  private static final int CHUNKS = 300;

  private static final String TEXT = "x".repeat(50_000);

  private String much() {
    script.on(
        "much",
        run -> {
          for (int n = 0; n < CHUNKS; n++) {
            run.chunk("stdout", n + TEXT);
          }
          return Script.answer("said");
        });
    return "much";
  }

  private static List<String> numbers() {
    return IntStream.rangeClosed(1, CHUNKS + 3).mapToObj(Integer::toString).toList();
  }

  @Test
  void jobAndOtherWatchersDoNotWaitForIt() throws Exception {
    Script.Hold hold = script.hold("holds");
    client().submit("script", "holds");
    hold.awaitBegin();
    String id = client().submit("script", much());
    String path = "/jobs/" + id + "/events";
    try (Follower slow = Follower.get(client().port(), path, SSE);
        Follower quick = Follower.get(client().port(), path, SSE)) {
      assertThat(slow.next(1)).extracting(Told::type).containsExactly("status");
      hold.release();

      assertThat(quick.rest()).extracting(Told::id).isEqualTo(numbers());
      assertThat(client().status(id)).isEqualTo("succeeded");
      List<Told> rest = slow.rest();
      assertThat(rest).extracting(Told::id).isEqualTo(numbers().subList(1, CHUNKS + 3));
      assertThat(rest.getLast().type()).isEqualTo("end");
    }
  }

  /** The table is away, as on a disk that fails, and then comes back. */
  @Test
  void streamThatCannotBeReadOnIsCutWithoutACleanEnd() throws Exception {
    String id = client().submit("script", much());
    client().ended(id);
    String path = "/jobs/" + id + "/events";
    var told = new ArrayList<Told>();
    try (Follower client = Follower.get(client().port(), path, SSE)) {
      told.addAll(client.next(2));
      sql("alter table event rename to away");
      try {
        assertThatThrownBy(
                () -> {
                  for (Told next = client.next(); next != null; next = client.next()) {
                    told.add(next);
                  }
                })
            .isInstanceOf(EOFException.class);
        assertProblem(client().get(path), 503, "storage-unavailable");
      } finally {
        sql("alter table away rename to event");
      }
    }
    assertThat(told).hasSizeBetween(3, CHUNKS);
    try (Follower back =
        Follower.get(client().port(), path, SSE, "Last-Event-ID: " + told.getLast().id())) {
      told.addAll(back.rest());
    }
    assertThat(told).extracting(Told::id).isEqualTo(numbers());
    assertThat(told.getLast().type()).isEqualTo("end");
  }

  private void sql(String statement) throws SQLException {
    Path file = experiments().resolveSibling("fermata.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
