package dev.fermata.promises;

import dev.fermata.promises.Attempt.Phase;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What goes wrong in the model. */
final class Trouble {

  private Trouble() {}

  static Optional<Move> crash(Step step, State state) {
    Mishaps left = state.left();
    if (left.crashes() == 0) {
      return Optional.empty();
    }
    List<Attempt> stale =
        Stream.concat(state.stale().stream(), state.memory().attempts().stream())
            .filter(attempt -> left.staleWorkers() && attempt.is(Phase.OPEN))
            .toList();
    State after = state.with(left.afterCrash()).withStale(stale).with(Memory.NONE);
    return Optional.of(new Move(step, after, List.of(new Seen.Crash())));
  }

  static Optional<Move> stop(Step step, State state) {
    Mishaps left = state.left();
    if (left.stops() == 0 || state.memory().draining()) {
      return Optional.empty();
    }
    return Optional.of(Move.quiet(step, state.with(left.afterStop()), state.memory().drain()));
  }

  /** With nothing left to do, the stop is over. */
  static Optional<Move> exit(Step step, State state) {
    Memory memory = state.memory();
    return memory.draining() && memory.attempts().isEmpty() && memory.writing().isEmpty()
        ? Optional.of(Move.quiet(step, state, Memory.NONE))
        : Optional.empty();
  }
}
