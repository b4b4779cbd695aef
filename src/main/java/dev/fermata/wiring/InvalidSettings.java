package dev.fermata.wiring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;

/** The server can't start with the settings that it was given. */
final class InvalidSettings extends RuntimeException {

  /** Says which setting is wrong, and why. */
  InvalidSettings(String setting, String why) {
    super(setting + ": " + why);
  }

  /** Says which setting something else found wrong; more exactly if that knows. */
  InvalidSettings(String setting, RuntimeException cause) {
    super(
        (cause instanceof BindException unreadable ? unreadable.getName() : setting)
            + ": "
            + innermost(cause),
        cause);
  }

  private static @Nullable String innermost(Throwable failure) {
    @Nullable Throwable cause = failure.getCause();
    return cause == null ? failure.getMessage() : innermost(cause);
  }
}
