package dev.fermata.wiring;

import dev.fermata.store.DataDirectoryUnusable;
import dev.fermata.store.DatabaseUnusable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says in a few lines why the server did not start, where the deployer can mend it. */
final class StartFailures implements FailureAnalyzer {

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidSettings
          || cause instanceof DataDirectoryUnusable
          || cause instanceof DatabaseUnusable) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
      }
      if (cause instanceof ResourceNotOpened) {
        return new FailureAnalysis(
            cause.getMessage(),
            "Give it what it needs, or take its bean away; --debug shows where it failed.",
            cause);
      }
    }
    return null;
  }
}
