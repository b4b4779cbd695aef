package dev.fermata.promises;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.fermata.job.Status;
import dev.fermata.promises.Seen.Entry.Accepted;
import dev.fermata.promises.Seen.Entry.CancelAsked;
import dev.fermata.promises.Seen.Entry.Ended;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What clients do to the model. */
final class Clients {

  private final Scenario scenario;
  private final Flaw flaw;

  Clients(Scenario scenario, Flaw flaw) {
    this.scenario = scenario;
    this.flaw = flaw;
  }

  Optional<Move> submit(Step step, State state, Query query) {
    List<String> before = scenario.queries().stream().map(Query::job).toList();
    boolean itsTurn = before.indexOf(query.job()) == state.sent().size();
    if (!itsTurn || state.memory().draining()) {
      return Optional.empty();
    }
    Memory memory = state.memory().write(List.of(new Accepted(query)));
    Move move = Move.quiet(step, state.withSent(plus(state.sent(), query.job())), memory);
    return Optional.of(
        flaw == Flaw.JOB_ACKNOWLEDGED_TOO_EARLY
            ? move.seeing(new Seen.Acknowledged(query.job()))
            : move);
  }

  Optional<Move> cancel(Step step, State state, String job) {
    Memory memory = state.memory();
    Optional<Row> row = state.disk().find(job).filter(it -> !it.status().finished());
    if (!state.left().cancels() || row.isEmpty() || state.cancelled().contains(job)) {
      return Optional.empty();
    }
    State asked = state.withCancelled(plus(state.cancelled(), job));
    Optional<Attempt> attempt = memory.attempt(job);
    if (attempt.isPresent() && flaw == Flaw.CANCEL_ONLY_IN_MEMORY) {
      return Optional.of(
          Move.quiet(step, asked, memory.with(job, Attempt::ask))
              .seeing(new Seen.CancelAcknowledged(job)));
    }
    if (attempt.isPresent()) {
      return Optional.of(Move.quiet(step, asked, memory.write(List.of(new CancelAsked(job)))));
    }
    var ended = new Ended(job, row.get().attempt(), Status.CANCELLED);
    return memory.writes(job)
        ? Optional.empty()
        : Optional.of(Move.quiet(step, asked, memory.leave(job).write(List.of(ended))));
  }

  private static Set<String> plus(Set<String> set, String more) {
    return Stream.concat(set.stream(), Stream.of(more)).collect(toUnmodifiableSet());
  }
}
