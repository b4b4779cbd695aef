package dev.fermata.lane;

import dev.fermata.directory.Directories;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.SessionId;
import dev.fermata.journal.Journal;
import dev.fermata.kind.Resource;
import dev.fermata.scope.Scope;
import dev.fermata.session.Session;
import dev.fermata.session.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is open for every job, in this order: its directory, its session if it works on one, and the
 * declared resources. Safe for use by many threads.
 */
public final class Opening {

  private final Directories directories;
  private final Sessions sessions;
  private final int window;
  private final List<Resource> resources;
  private final Journal journal;
  private final Patience patience;
  private final Clock clock;

  /**
   * @param window how many of a session's newest messages are read
   * @param resources what is declared, in the order of opening
   */
  public Opening(
      Directories directories,
      Sessions sessions,
      int window,
      List<Resource> resources,
      Journal journal,
      Patience patience,
      Clock clock) {
    this.directories = directories;
    this.sessions = sessions;
    this.window = window;
    this.resources = List.copyOf(resources);
    this.journal = journal;
    this.patience = patience;
    this.clock = clock;
  }

  /** Opens everything for one attempt; it belongs to the scope, also when this throws. */
  OpenRun open(Job job, Attempt attempt, Scope scope) throws Exception {
    Path directory = directories.create(job.id());
    scope.hold(() -> removeTemporaryFiles(job.id(), attempt));
    @Nullable Session session = session(job, attempt, scope);
    var run = new OpenRun(job, attempt, directory, session, journal, patience);
    for (Resource resource : resources) {
      scope.hold(resource.open(run));
    }
    return run;
  }

  private @Nullable Session session(Job job, Attempt attempt, Scope scope) {
    @Nullable SessionId id = job.submission().session();
    if (id == null) {
      return null;
    }
    Session session = patience.insist(() -> Session.open(id, sessions, window, clock));
    attempt.opened(session);
    return scope.hold(session);
  }

  /** They go with the job at last: to leave some now is no failure of its work. */
  private void removeTemporaryFiles(JobId id, Attempt attempt) {
    try {
      directories.removeTemporaryFiles(id);
    } catch (IOException e) {
      attempt.warn("Temporary files could not be removed: " + e);
    }
  }
}
