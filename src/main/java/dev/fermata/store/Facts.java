package dev.fermata.store;

import dev.fermata.job.Event;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.MetaReplaced;
import dev.fermata.job.Fact.SessionRemoved;
import dev.fermata.job.SessionChange;
import dev.fermata.job.SessionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes facts into the tables, each where it follows from what is there: the conditions of the
 * statements are the fence. Belongs to the journal's thread.
 */
final class Facts {

  private static final String PULSE =
      "insert into pulse (id, at) values (1, ?) on conflict (id) do update set at = excluded.at";

  private final Statements statements;
  private final JobFacts jobs;
  private final SessionFacts sessions;
  private final KeptFacts kept;
  private final Clock clock;

  Facts(Connection connection, Clock clock) {
    this.statements = new Statements(connection);
    this.kept = new KeptFacts(statements);
    this.jobs = new JobFacts(statements, kept, clock);
    this.sessions = new SessionFacts(statements);
    this.clock = clock;
  }

  /**
   * Writes one fact, and answers what clients see of it; empty when it does not follow from what is
   * there. Nothing was written then, unless it {@link #hasParts}.
   */
  Optional<List<Event>> write(Fact fact) throws SQLException {
    return switch (fact) {
      case Finished finished -> finish(finished);
      case Fact.OfJob ofJob -> jobs.write(ofJob);
      case Fact.OfJournal ofJournal -> {
        kept.write(ofJournal);
        yield JobFacts.unseen(true);
      }
      case MetaReplaced(SessionId session, String meta, Instant at) ->
          JobFacts.unseen(sessions.replaceMeta(session, meta, at));
      case SessionRemoved(SessionId session) -> JobFacts.unseen(sessions.remove(session));
    };
  }

  private Optional<List<Event>> finish(Finished fact) throws SQLException {
    Optional<List<Event>> events = jobs.write(fact);
    @Nullable SessionChange change = fact.change();
    boolean saved = events.isEmpty() || change == null || sessions.save(fact, change);
    return saved ? events : Optional.empty();
  }

  /** Whether a part of it can be refused after another was written. */
  static boolean hasParts(Fact fact) {
    return fact instanceof Finished finished && finished.change() != null;
  }

  /** Writes something that nobody reads, to see whether the disk takes it. */
  void pulse() throws SQLException {
    statements.update(PULSE, clock.instant());
  }
}
