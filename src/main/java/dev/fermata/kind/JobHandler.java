package dev.fermata.kind;

import dev.fermata.job.Answer;
import java.util.Map;
import java.util.Optional;

/**
 * The code that answers one kind of query. One handler serves all jobs of its kind, from the
 * threads of every worker.
 */
public interface JobHandler {

  /**
   * Does the work of one job, on the worker's thread. A stop (cancel, timeout, server stop) is an
   * interrupt of that thread; this method then ends all work that it started and throws.
   *
   * @throws JobFailed when the work went wrong, with the reason that the client sees
   * @throws Exception anything else ends the job as {@code failed}, {@code handler_error}
   */
  Answer run(Run run) throws Exception;

  /**
   * Says, before a job is accepted, what this handler can't take beyond what the inputs declare.
   *
   * @param inputs every declared input by name, checked and repaired
   * @throws InvalidInput with everything that is wrong
   */
  default void check(Map<String, String> inputs) {}

  /** Why no job of this kind can run now, and what to do about it; empty when one can. */
  default Optional<String> unavailable() {
    return Optional.empty();
  }
}
