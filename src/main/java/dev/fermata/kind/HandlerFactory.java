package dev.fermata.kind;

import java.util.List;

/**
 * Makes the handler of a kind from that kind's block of settings. A bean of this type, under the
 * name that {@code handler:} gives, is all that a new sort of handler needs.
 *
 * @param <S> a record of the settings that this sort of handler adds to those of every kind
 */
public interface HandlerFactory<S> {

  Class<S> settings();

  /** What its kinds take that declare no inputs of their own. */
  default Inputs inputs() {
    return new Inputs(List.of());
  }

  /**
   * Makes the handler of one kind.
   *
   * @throws IllegalArgumentException when the settings make no sense, with what is wrong and where
   */
  JobHandler create(String kind, Inputs inputs, S settings);
}
