package dev.fermata.tool.command;

import static java.util.stream.Collectors.joining;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fermata.directory.Directories;
import dev.fermata.job.Event.Chunk;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Progress;
import dev.fermata.job.Submission;
import dev.fermata.kind.Run;
import dev.fermata.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A run in a directory of its own that records what its handler says. */
final class Trail implements Run {

  final List<String> words = new CopyOnWriteArrayList<>();
  final List<String> warnings = new CopyOnWriteArrayList<>();
  final CompletableFuture<ProcessGroup> group = new CompletableFuture<>();
  final List<Chunk> chunks = new CopyOnWriteArrayList<>();

  /** Counts down when the work has ended by itself. */
  final CountDownLatch settled = new CountDownLatch(1);

  boolean notDurable;
  @Nullable Session session;

  @GuardedBy("this")
  private boolean stopDelivered;

  private final Path directory;
  private final Job job;

  Trail(Path directory, Map<String, String> inputs) {
    this.directory = directory;
    this.job =
        new Job(
            new JobId(UUID.randomUUID()),
            1,
            new Submission("test", "default", inputs, null, List.of()),
            Instant.EPOCH);
    try {
      Files.createDirectories(directory.resolve(Directories.TMP));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String file(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  @Override
  public Job job() {
    return job;
  }

  @Override
  public int attempt() {
    return 3;
  }

  @Override
  public Path directory() {
    return directory;
  }

  /** All that was given out on a stream. */
  String given(String stream) {
    return chunks.stream()
        .filter(chunk -> chunk.stream().equals(stream))
        .map(Chunk::text)
        .collect(joining());
  }

  @Override
  public @Nullable Session session() {
    return session;
  }

  @Override
  public void chunk(String stream, String text) {
    chunks.add(new Chunk(stream, text));
  }

  @Override
  public void progress(Progress progress) {
    words.add("progress");
  }

  @Override
  public void warn(String warning) {
    warnings.add(warning);
  }

  @Override
  public void spawned(ProcessGroup spawned) {
    words.add("spawned");
    group.complete(spawned);
    if (notDurable) {
      throw new IllegalStateException("The journal is gone.");
    }
  }

  /** Stops the work of a thread, unless it has settled; says whether that was in time. */
  synchronized boolean stop(Thread worker) {
    if (settled.getCount() > 0) {
      stopDelivered = true;
      worker.interrupt();
    }
    return stopDelivered;
  }

  @Override
  public synchronized boolean settle() {
    if (settled.getCount() > 0) {
      settled.countDown();
      words.add(stopDelivered ? "stopped" : "settled");
    }
    return !stopDelivered;
  }
}
