package dev.fermata.scope;

/**
 * Names a value that is bound in a scope. A key is the same as itself only, so that nobody who
 * doesn't have it reaches the value, or puts another in its place.
 *
 * @param <T> the type of the value
 */
// What makes two keys differ is that they are two.
@SuppressWarnings("UnusedTypeParameter")
public final class Key<T> {

  private final String name;

  private Key(String name) {
    this.name = name;
  }

  /** A new key, with a name for people. */
  public static <T> Key<T> named(String name) {
    return new Key<>(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
