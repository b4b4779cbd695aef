package dev.fermata.lane;

import dev.fermata.job.JobId;
import dev.fermata.job.SessionId;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a lane in which jobs wait starts none, in words. The lanes' lock guards what it looks at. */
final class Hindrances {

  private static final int MOST_NAMED = 3;

  private final Holds holds;
  private final Patience patience;
  private final Function<JobId, String> laneOf;

  /**
   * @param laneOf the lane of a job that runs or starts
   */
  Hindrances(Holds holds, Patience patience, Function<JobId, String> laneOf) {
    this.holds = holds;
    this.patience = patience;
    this.laneOf = laneOf;
  }

  /**
   * What a lane waits for.
   *
   * @param first in its line; null when all that waits there is about to start
   */
  String inWords(Crew crew, @Nullable Waiting first, boolean draining) {
    @Nullable SessionId session = first == null ? null : first.session();
    @Nullable Attempt holder = holder(session);
    if (draining) {
      return "the next start of the server, which is stopping";
    }
    if (patience.inWords().isPresent()) {
      return patience.inWords().get();
    }
    if (!crew.starting().isEmpty()) {
      return "the journal, which stores the start of "
          + job(crew.starting().iterator().next().id());
    }
    if (crew.allRun()) {
      return crew.running().stream()
          .limit(MOST_NAMED)
          .map(Hindrances::running)
          .collect(Collectors.joining("; ", "", more(crew)));
    }
    if (holder != null) {
      return "session %s, which %s in lane %s has"
          .formatted(session, job(holder.id()), laneOf.apply(holder.id()));
    }
    return "a worker, and nothing keeps one: this is a mistake of the server";
  }

  /** What a turn waits for whose time has come. */
  static String inWords(Waiting overdue) {
    return "an earlier turn of session %s, which stands in another lane, so that %s can join"
        .formatted(overdue.session(), job(overdue.id()));
  }

  private @Nullable Attempt holder(@Nullable SessionId session) {
    synchronized (holds) {
      return holds.holder(session);
    }
  }

  private static String running(Attempt attempt) {
    @Nullable Instant heard = attempt.reports().heardAt();
    return job(attempt.id())
        + ", which runs since "
        + attempt.startedAt()
        + (heard == null ? " and has told nothing" : " and has told nothing since " + heard);
  }

  private static String more(Crew crew) {
    int more = crew.running().size() - MOST_NAMED;
    return more > 0 ? "; and " + more + " more" : "";
  }

  private static String job(JobId id) {
    return "job " + id;
  }
}
