package dev.fermata.tool.chat;

import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Progress;
import dev.fermata.job.Submission;
import dev.fermata.kind.Run;
import dev.fermata.session.Session;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run of a chat that writes down what its handler gives out; used by one thread. */
final class ChatRun implements Run {

  final List<String> trail = new ArrayList<>();

  private final Path directory;
  private final Job job;
  private final @Nullable Session session;

  ChatRun(Path directory, String content, @Nullable Session session) {
    var submission = new Submission("chat", "chat", Map.of("content", content), null, List.of());
    this.directory = directory;
    this.job = new Job(new JobId(new UUID(0, 2)), 1, submission, Instant.EPOCH);
    this.session = session;
  }

  @Override
  public Job job() {
    return job;
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public @Nullable Session session() {
    return session;
  }

  @Override
  public void chunk(String stream, String text) {
    trail.add(stream + ": " + text);
  }

  @Override
  public void progress(Progress progress) {
    trail.add("progress");
  }

  @Override
  public void warn(String warning) {
    trail.add("warned: " + warning);
  }

  @Override
  public void spawned(ProcessGroup group) {
    throw new UnsupportedOperationException("a chat starts no program");
  }

  @Override
  public boolean settle() {
    return true;
  }
}
