package dev.fermata.promises;

import dev.fermata.promises.Seen.Entry.Saved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The server as a small state machine: which steps each state allows, what comes of them, and what
 * is seen of that. Clients and workers change the {@link Memory} and say what they want written;
 * only the {@link Writer} changes the {@link Disk}, and only then anybody hears of it.
 */
final class Model {

  private final Scenario scenario;
  private final List<Step> alphabet;
  private final Clients clients;
  private final Workers workers;
  private final Writer writer;

  Model(Scenario scenario, Flaw flaw) {
    this.scenario = scenario;
    this.alphabet = Step.all(scenario);
    this.clients = new Clients(scenario, flaw);
    this.workers = new Workers(scenario, flaw);
    this.writer = new Writer(scenario, flaw);
  }

  State start() {
    return new State(Set.of(), Set.of(), scenario.mishaps(), List.of(), Memory.fresh(), Disk.EMPTY);
  }

  /** Every step that can be made from here. */
  List<Move> next(State state) {
    var moves = new ArrayList<Move>();
    for (Step step : alphabet) {
      make(step, state).ifPresent(moves::add);
    }
    return moves;
  }

  private Optional<Move> make(Step step, State state) {
    if (!state.memory().up()) {
      return step instanceof Step.Recover ? Optional.of(writer.recover(state)) : Optional.empty();
    }
    return switch (step) {
      case Step.Submit(String job) -> clients.submit(step, state, scenario.query(job));
      case Step.Cancel(String job) -> clients.cancel(step, state, job);
      case Step.Take(String lane) -> workers.take(step, state, lane);
      case Step.Open(String job) -> workers.open(step, state, job);
      case Step.Return(String job, boolean succeeds) -> workers.returns(step, state, job, succeeds);
      case Step.Deliver(String job) -> workers.deliver(step, state, job);
      case Step.Close(String job) -> workers.close(step, state, job);
      case Step.Announce(String job, boolean takesNext) ->
          workers.announce(step, state, job, takesNext);
      case Step.ComeDue(String job) -> Workers.comeDue(step, state, job);
      case Step.Outlive(String job) -> workers.outlive(step, state, job);
      case Step.Write write -> writer.write(state);
      case Step.Crash crash -> Trouble.crash(step, state);
      case Step.Stop stop -> Trouble.stop(step, state);
      case Step.Exit exit -> Trouble.exit(step, state);
      case Step.Recover recover -> Optional.empty();
    };
  }

  /** What readers find when nothing is left to do. */
  static Seen.Rest rest(State state) {
    Map<String, List<String>> jobs =
        state.disk().saves().stream()
            .collect(
                Collectors.groupingBy(
                    Saved::session, Collectors.mapping(Saved::job, Collectors.toList())));
    var sessions = new HashMap<String, Seen.Found>();
    jobs.forEach((session, by) -> sessions.put(session, new Seen.Found(by.size(), by)));
    return new Seen.Rest(sessions);
  }
}
