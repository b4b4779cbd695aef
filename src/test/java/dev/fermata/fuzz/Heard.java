package dev.fermata.fuzz;

import java.util.Optional;

/** What came back of one request. */
sealed interface Heard {

  /** The whole answer. */
  record Answered(Received answer) implements Heard {}

  /** The connection ended within an answer. */
  record Cut(Received part) implements Heard {}

  /**
   * The connection ended without an answer.
   *
   * @param before what went over it last; empty for nothing
   */
  record Silence(String before) implements Heard {}

  /** The client had enough; nothing is wrong with that. */
  record Left() implements Heard {}

  /** Nothing more came, for longer than anybody should have to wait. */
  record Hung() implements Heard {}

  default Optional<Received> received() {
    return switch (this) {
      case Answered(Received answer) -> Optional.of(answer);
      case Cut(Received part) -> Optional.of(part);
      case Silence silence -> Optional.empty();
      case Left(), Hung() -> Optional.empty();
    };
  }
}
