package dev.fermata.store;

import static dev.fermata.journal.Sample.job;
import static dev.fermata.journal.Sample.succeeded;
import static dev.fermata.store.SqliteStorage.number;
import static dev.fermata.store.SqliteStorage.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fermata.job.Event;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.Purged;
import dev.fermata.job.Job;
import dev.fermata.job.Submission;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.JournalContract;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Sample;
import dev.fermata.journal.Storage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on a real SQLite file. */
class SqliteJournalTest extends JournalContract {

  @TempDir private Path directory;

  @Override
  protected Storage open(Consumer<List<Event>> visible) {
    return SqliteStorage.open(directory, visible);
  }

  private SqliteStorage sqlite() {
    return (SqliteStorage) storage();
  }

  @Test
  void reopenedFileGivesEverythingBack() {
    store(new Accepted(job(1)), new Accepted(job(2)), new Accepted(job(3)));
    store(started(job(1), 1), succeeded(job(1).id(), 1), started(job(2), 1));
    List<JobRecord> before = List.of(find(job(1)), find(job(2)), find(job(3)));

    closeStorage();
    openStorage();

    assertThat(List.of(find(job(1)), find(job(2)), find(job(3)))).isEqualTo(before);
    assertThat(journal().lastSeq()).isEqualTo(3);
  }

  /** What runs after the first of them sees them all on disk: they share one commit. */
  @Test
  void whatComesWhileTheWriterIsBusySharesOneCommit() throws Exception {
    var busy = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    var commits = new ConcurrentLinkedQueue<CompletableFuture<Void>>();
    commits.add(
        journal()
            .append(
                List.of(new Accepted(job(1))),
                () -> {
                  busy.countDown();
                  await(free);
                }));
    await(busy);
    var seen = new ConcurrentLinkedQueue<Long>();
    try (Connection observer = sqlite().connect();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> appended =
          IntStream.rangeClosed(2, 101)
              .mapToObj(
                  seq ->
                      threads.submit(
                          () ->
                              commits.add(
                                  journal()
                                      .append(
                                          List.of(new Accepted(job(seq))),
                                          () -> seen.add(countJobs(observer))))))
              .toList();
      for (Future<Boolean> each : appended) {
        each.get();
      }

      free.countDown();
      commits.forEach(CompletableFuture::join);
    }

    assertThat(seen).hasSize(100).containsOnly(101L);
  }

  @Test
  void everyCommitIsForcedToTheDisk() throws SQLException {
    try (Connection writer = sqlite().database().writer()) {
      assertThat(text(writer, "pragma journal_mode")).isEqualTo("wal");
      assertThat(number(writer, "pragma synchronous")).as("2 is FULL").isEqualTo(2);
      assertThat(number(writer, "pragma foreign_keys")).isEqualTo(1);
    }
  }

  @Test
  void readersCannotWrite() throws SQLException {
    try (Connection reader = sqlite().database().readers().getConnection();
        Statement statement = reader.createStatement()) {
      assertThatThrownBy(() -> statement.executeUpdate("delete from job"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("readonly");
    }
  }

  @Test
  void inputsOfAPurgedJobAreGone() throws SQLException {
    store(new Accepted(job(1)), started(job(1), 1), succeeded(job(1).id(), 1));
    store(new Purged(job(1).id()));

    try (Connection observer = sqlite().connect()) {
      assertThat(number(observer, "select count(*) from input")).isZero();
    }
  }

  @Test
  void largeInputsComeBackByteForByte() {
    String large = "MKV\u0001\u20ac\ud83e\uddec\r\n".repeat(200_000);
    var submission = new Submission("blastp", "default", Map.of("query", large), null, List.of());
    var job = new Job(Sample.id(1), 1, submission, Sample.NOON);

    store(new Accepted(job));

    assertThat(find(job).job()).isEqualTo(job);
  }

  @Test
  void failedConnectionIsReplaced() throws SQLException {
    store(new Accepted(job(1)));
    sqlite().execute("alter table job rename to gone");

    CompletableFuture<Void> refused = append(new Accepted(job(2)));
    assertThatThrownBy(refused::join).hasCauseInstanceOf(JournalUnavailable.class);

    sqlite().execute("alter table gone rename to job");
    store(new Accepted(job(2)));
    assertThat(find(job(2)).job()).isEqualTo(job(2));
  }

  @Test
  void refusalLeavesNothingOfTheWholeBatch() throws SQLException {
    sqlite().execute("alter table input rename to gone");

    assertThatThrownBy(() -> store(new Accepted(job(1))))
        .hasCauseInstanceOf(JournalUnavailable.class);

    sqlite().execute("alter table gone rename to input");
    assertThat(jobs().find(job(1).id())).isEmpty();
    store(new Accepted(job(1)));
  }

  @Test
  void jobsThatCannotBeReadSaySo() throws SQLException {
    sqlite().execute("alter table job rename to gone");

    assertThatThrownBy(() -> jobs().find(job(1).id())).isInstanceOf(JournalUnavailable.class);
  }

  @Test
  void closingStoresWhatWasAppended() {
    List<CompletableFuture<Void>> commits =
        IntStream.rangeClosed(1, 50)
            .mapToObj(seq -> journal().append(new Accepted(job(seq))))
            .toList();

    sqlite().journal().close();

    assertThat(commits).allMatch(commit -> commit.isDone() && !commit.isCompletedExceptionally());
  }

  @Test
  void closedJournalRefuses() {
    sqlite().journal().close();

    assertThatThrownBy(() -> store(new Accepted(job(1))))
        .hasCauseInstanceOf(JournalUnavailable.class);
  }

  @Test
  void appendThatRacesTheClosingNeverWaitsForEver() throws Exception {
    for (int round = 0; round < 100; round++) {
      var raced = new SqliteJournal(sqlite().database(), SqliteStorage.CLOCK, events -> {});
      var go = new CountDownLatch(1);
      var commits = new ArrayList<CompletableFuture<Void>>();
      Thread appender =
          Thread.ofPlatform()
              .start(
                  () -> {
                    await(go);
                    for (int i = 0; i < 50; i++) {
                      commits.add(raced.append(List.of(), () -> {}));
                    }
                  });
      go.countDown();
      raced.close();
      appender.join();
      for (CompletableFuture<Void> commit : commits) {
        assertThat(endOf(commit)).isIn("stored", "refused");
      }
    }
  }

  private static String endOf(CompletableFuture<Void> commit) throws InterruptedException {
    try {
      commit.get(10, TimeUnit.SECONDS);
      return "stored";
    } catch (ExecutionException e) {
      return e.getCause() instanceof JournalUnavailable ? "refused" : "failed";
    } catch (TimeoutException e) {
      return "hangs";
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long countJobs(Connection connection) {
    try {
      return number(connection, "select count(*) from job");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
