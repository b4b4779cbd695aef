package dev.fermata.promises;

import java.util.List;
import java.util.stream.Stream;

/**
 * A step that was made.
 *
 * @param seen what can be seen of it, in order
 */
record Move(Step step, State state, List<Seen> seen) {

  /** One of which nothing can be seen. */
  static Move quiet(Step step, State state, Memory memory) {
    return new Move(step, state.with(memory), List.of());
  }

  Move seeing(Seen... first) {
    return new Move(step, state, Stream.concat(Stream.of(first), seen.stream()).toList());
  }
}
