package dev.fermata.tool.align;

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

/** A run that writes down what its handler says; used by one thread. */
class RecordingRun implements Run {

  final List<String> warnings = new ArrayList<>();
  final List<Progress> progress = new ArrayList<>();
  boolean settled;
  boolean stopDelivered;

  private final Path directory;
  private final Job job;

  RecordingRun(Path directory, String name, String sequence) {
    this.directory = directory;
    var inputs = Map.of(AlignHandler.QUERY_NAME, name, AlignHandler.QUERY_SEQUENCE, sequence);
    var submission = new Submission("align", "default", inputs, null, List.of());
    this.job = new Job(new JobId(new UUID(0, 1)), 1, submission, Instant.EPOCH);
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
    return null;
  }

  @Override
  public void chunk(String stream, String text) {}

  @Override
  public void progress(Progress progress) {
    this.progress.add(progress);
  }

  @Override
  public void warn(String warning) {
    warnings.add(warning);
  }

  @Override
  public void spawned(ProcessGroup group) {
    throw new UnsupportedOperationException("alignment starts no program");
  }

  @Override
  public boolean settle() {
    settled = true;
    return !stopDelivered;
  }
}
