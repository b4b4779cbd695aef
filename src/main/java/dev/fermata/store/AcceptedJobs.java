package dev.fermata.store;

import dev.fermata.job.CommitPolicy;
import dev.fermata.job.CommitPolicy.Turn;
import dev.fermata.job.Event;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.IdempotencyKey;
import dev.fermata.job.Job;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.SessionId;
import dev.fermata.job.Submission;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes jobs that were accepted; what nobody chose is null. */
final class AcceptedJobs {

  private static final String ACCEPT =
      """
      insert into job (seq, id, kind, lane, status, submitted_at, timeout, warnings, session, place,
        on_cancel, on_failure, on_disconnect, disconnect_grace, owner, max_attempts, not_before,
        due_at, traceparent, last_event)
      values (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)""";
  private static final String INPUT = "insert into input (seq, fields) values (?, ?)";
  private static final String USE =
      """
      insert into idempotency (owner, key, fingerprint, job, at) values (?, ?, ?, ?, ?)
      on conflict do nothing""";

  private final Statements statements;

  AcceptedJobs(Statements statements) {
    this.statements = statements;
  }

  /**
   * Writes a job, and answers its first event, which is the same for all and so not stored; empty
   * when its key has been used, and nothing was written.
   */
  Optional<List<Event>> write(Accepted fact) throws SQLException {
    if (fact.key() != null && !use(fact.key(), fact.job())) {
      return Optional.empty();
    }
    write(fact.job(), fact.place());
    return Optional.of(List.of(EventRows.first(fact.id(), fact.job().submittedAt())));
  }

  private boolean use(IdempotencyKey key, Job job) throws SQLException {
    return statements.update(
        USE, key.owner().name(), key.key(), key.fingerprint(), job.id(), job.submittedAt());
  }

  private void write(Job job, long place) throws SQLException {
    Submission submission = job.submission();
    CommitPolicy policy = submission.policy();
    OnDisconnect onDisconnect = submission.onDisconnect();
    statements.update(
        ACCEPT,
        job.seq(),
        job.id(),
        submission.kind(),
        submission.lane(),
        job.submittedAt(),
        submission.timeout(),
        Json.write(submission.warnings()),
        name(submission.session()),
        place == job.place() ? null : place,
        chosen(policy.onCancel(), CommitPolicy.DEFAULT.onCancel()),
        chosen(policy.onFailure(), CommitPolicy.DEFAULT.onFailure()),
        onDisconnect.cancels() ? Rows.CANCEL : null,
        chosen(onDisconnect.grace()),
        submission.owner().name(),
        submission.maxAttempts() == 1 ? null : submission.maxAttempts(),
        submission.notBefore(),
        submission.notBefore(),
        submission.traceparent() == null ? null : submission.traceparent().toString());
    statements.update(INPUT, job.seq(), Json.write(submission.inputs()));
  }

  private static @Nullable String name(@Nullable SessionId session) {
    return session == null ? null : session.name();
  }

  private static @Nullable String chosen(Turn turn, Turn otherwise) {
    return turn == otherwise ? null : turn.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Duration chosen(Duration grace) {
    return grace.equals(OnDisconnect.DEFAULT_GRACE) ? null : grace;
  }
}
