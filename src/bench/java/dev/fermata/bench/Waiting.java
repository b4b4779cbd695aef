package dev.fermata.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Submission;
import dev.fermata.store.Database;
import dev.fermata.store.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Jobs that wait when a server starts, made by its own journal. */
final class Waiting {

  private static final int BATCH = 1000;

  private Waiting() {}

  /** A home for a server, with so many of them. */
  static Path in(Path home, int jobs) throws IOException {
    Path data = Files.createDirectories(home.resolve("data"));
    Clock clock = Clock.systemUTC();
    try (Database database = Database.open(data.resolve("fermata.db"));
        var journal = new SqliteJournal(database, clock, events -> {})) {
      CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
      for (long seq = 1; seq <= jobs; seq += BATCH) {
        List<Accepted> batch = batch(seq, Math.min(seq + BATCH, jobs + 1L), clock);
        before.join();
        before = journal.append(batch, () -> {});
      }
      before.join();
    }
    return home;
  }

  private static List<Accepted> batch(long from, long to, Clock clock) {
    var submission =
        new Submission("nap", "default", Map.of("query", "MVHLTPEEKS"), null, List.of());
    var batch = new ArrayList<Accepted>();
    for (long seq = from; seq < to; seq++) {
      var id = new JobId(UuidCreator.getTimeOrderedEpochPlus1());
      var job = new Job(id, seq, submission, clock.instant());
      batch.add(new Accepted(job, job.place()));
    }
    return batch;
  }
}
