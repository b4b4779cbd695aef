package dev.fermata.web;

import dev.fermata.job.Fact;
import dev.fermata.job.JobId;
import dev.fermata.job.SessionId;
import dev.fermata.journal.Jobs;
import dev.fermata.journal.Stale;
import dev.fermata.lane.Lanes;
import dev.fermata.session.Sessions;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** What clients do to sessions by hand: nothing, while a job has or wants one. */
@Component
final class SessionEdits {

  private final Commit commit;
  private final Sessions sessions;
  private final Jobs jobs;
  private final Lanes lanes;
  private final Clock clock;

  SessionEdits(Commit commit, Sessions sessions, Jobs jobs, Lanes lanes, Clock clock) {
    this.commit = commit;
    this.sessions = sessions;
    this.jobs = jobs;
    this.lanes = lanes;
    this.clock = clock;
  }

  void replaceMeta(SessionId id, String meta) {
    try {
      commit.await(new Fact.MetaReplaced(id, meta, clock.instant()));
    } catch (Stale e) {
      throw inUse(id, job(id));
    }
  }

  void remove(SessionId id) {
    boolean known = sessions.find(id).isPresent();
    try {
      commit.await(new Fact.SessionRemoved(id));
    } catch (Stale e) {
      Optional<JobId> job = job(id);
      throw known || job.isPresent() ? inUse(id, job) : SessionDocuments.unknown(id);
    }
    if (!known) {
      throw SessionDocuments.unknown(id);
    }
  }

  private Optional<JobId> job(SessionId id) {
    var ofSession = new Jobs.Filter(Set.of(), null, null, id, null);
    return lanes.holder(id).or(() -> jobs.unfinished(ofSession).stream().findFirst());
  }

  private static Rejected inUse(SessionId id, Optional<JobId> job) {
    Rejected inUse =
        inUse(
            job.map(it -> "Job " + it + " works on session " + id + " or waits for it.")
                .orElse("A job had session " + id + " a moment ago; send this again."));
    return job.map(inUse::by).orElse(inUse);
  }

  private static Rejected inUse(String detail) {
    return Problem.SESSION_IN_USE.because(detail).with(HttpHeaders.RETRY_AFTER, "1");
  }

  /** What was stored is gone before it could be shown. */
  static Rejected removedMeanwhile(SessionId id) {
    return inUse("Session " + id + " was removed by somebody at the same time; send this again.");
  }
}
