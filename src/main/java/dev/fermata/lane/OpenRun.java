package dev.fermata.lane;

import dev.fermata.job.Event.Chunk;
import dev.fermata.job.Fact.Spawned;
import dev.fermata.job.Job;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Progress;
import dev.fermata.journal.Journal;
import dev.fermata.kind.Run;
import dev.fermata.session.Session;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An attempt with its job at hand, and its directory and its session open. */
record OpenRun(
    Job job,
    Attempt of,
    Path directory,
    @Nullable Session session,
    Journal journal,
    Patience patience)
    implements Run {

  @Override
  public int attempt() {
    return of.number();
  }

  @Override
  public void chunk(String stream, String text) {
    of.reports().chunk(new Chunk(stream, text));
  }

  @Override
  public void progress(Progress progress) {
    of.progress(progress);
    of.reports().progress(progress);
  }

  @Override
  public void warn(String warning) {
    of.warn(warning);
  }

  @Override
  public void spawned(ProcessGroup group) {
    patience.insist(
        () -> {
          Commits.await(journal.append(new Spawned(job.id(), attempt(), group)));
          return group;
        });
  }

  @Override
  public boolean settle() {
    return of.token().settle();
  }
}
