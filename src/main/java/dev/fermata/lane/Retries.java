package dev.fermata.lane;

import dev.fermata.job.Fact.Retried;
import dev.fermata.job.Outcome;
import dev.fermata.journal.JobRecord;
import dev.fermata.kind.Kinds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Says which attempts are made again, and after how long a rest. Safe for use by many threads, as
 * is its source of chance.
 *
 * @param chance gives numbers from 0 to 1
 */
record Retries(Kinds kinds, DoubleSupplier chance) {

  /**
   * The rest after an attempt that ended so; empty when it was the last one.
   *
   * @param job as the attempt found it
   */
  Optional<Duration> rest(JobRecord job, Outcome outcome) {
    int failures = job.failures() + 1;
    return failed(outcome) && failures < job.job().submission().maxAttempts()
        ? kinds
            .find(job.job().submission().kind())
            .map(kind -> kind.backoff().rest(failures, chance.getAsDouble()))
        : Optional.empty();
  }

  /** What is stored of an attempt that is to be made again: people are told why it failed. */
  static Retried retried(Attempt attempt, Outcome outcome, Instant now, Instant dueAt) {
    var warnings = new ArrayList<>(attempt.warnings());
    warnings.add(
        "Attempt %d %s: %s"
            .formatted(
                attempt.number(),
                outcome.status().word().replace('_', ' '),
                Objects.requireNonNullElseGet(outcome.message(), () -> word(outcome))));
    return new Retried(attempt.id(), attempt.number(), now, dueAt, outcome, warnings);
  }

  private static String word(Outcome outcome) {
    return outcome.reason() == null ? "" : outcome.reason().word() + ".";
  }

  private static boolean failed(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed failed -> true;
      case Outcome.TimedOut timedOut -> true;
      case Outcome.Succeeded success -> false;
      case Outcome.Cancelled cancelled -> false;
      case Outcome.Lost lost -> false;
    };
  }
}
