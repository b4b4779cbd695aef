package dev.fermata.scope;

import org.jspecify.annotations.Nullable;

/** Something held by a scope could not be closed; everything else has been. */
public final class CloseFailed extends RuntimeException {

  private CloseFailed(Throwable cause) {
    super("closing failed: " + cause, cause);
  }

  static CloseFailed first(@Nullable CloseFailed earlier, Throwable failure) {
    if (earlier == null) {
      return new CloseFailed(failure);
    }
    earlier.addSuppressed(failure);
    return earlier;
  }
}
