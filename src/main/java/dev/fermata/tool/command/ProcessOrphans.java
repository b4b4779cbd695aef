package dev.fermata.tool.command;

import dev.fermata.job.JobId;
import dev.fermata.job.ProcessGroup;
import dev.fermata.journal.Orphans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Finds orphans in /proc; where there is none, there are no programs either. */
public final class ProcessOrphans implements Orphans {

  private final Duration killGrace;

  /**
   * Makes it.
   *
   * @param killGrace from TERM to KILL
   */
  public ProcessOrphans(Duration killGrace) {
    this.killGrace = killGrace;
  }

  @Override
  public int end(JobId id, @Nullable ProcessGroup group) {
    if (!Files.exists(Path.of("/proc/self/stat"))) {
      return 0;
    }
    boolean known = group != null && stillLed(group);
    return new ProcessTree(id, known ? group : null).end(killGrace);
  }

  /**
   * Only a living leader proves that the number is still the job's. Without one, what is left of
   * the job is known by its environment.
   */
  private static boolean stillLed(ProcessGroup group) {
    try {
      return ProcessEntry.bootId().equals(group.bootId())
          && ProcessEntry.read(group.id()).filter(entry -> entry.leads(group)).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
