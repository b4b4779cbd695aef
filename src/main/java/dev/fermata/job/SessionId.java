package dev.fermata.job;

/**
 * The name of a session, which is its own only among those of its owner.
 *
 * @param name as its owner calls it
 */
public record SessionId(Owner owner, String name) {

  /** As its owner calls it. */
  @Override
  public String toString() {
    return name;
  }
}
