package dev.fermata.job;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a job ended: exactly one for each job. */
public sealed interface Outcome {

  Status status();

  /** Null for a success only. */
  @Nullable Reason reason();

  /** For people; null where there is nothing to add. */
  @Nullable String message();

  /** Of the program that did the work; null when there was none. */
  @Nullable Integer returnCode();

  /** The handler answered and everything that was open for it has closed. */
  record Succeeded(Answer answer) implements Outcome {
    @Override
    public Status status() {
      return Status.SUCCEEDED;
    }

    @Override
    public @Nullable Reason reason() {
      return null;
    }

    @Override
    public @Nullable String message() {
      return null;
    }

    @Override
    public @Nullable Integer returnCode() {
      return answer.returnCode();
    }
  }

  /** The work went wrong. */
  record Failed(Reason reason, @Nullable String message, @Nullable Integer returnCode)
      implements Outcome {
    @Override
    public Status status() {
      return Status.FAILED;
    }
  }

  /** Somebody asked for the work to stop, and it has stopped. */
  record Cancelled(Reason reason, @Nullable Integer returnCode) implements Outcome {
    @Override
    public Status status() {
      return Status.CANCELLED;
    }

    @Override
    public @Nullable String message() {
      return null;
    }
  }

  /** The job's limit passed, and the work has stopped. */
  record TimedOut(Duration limit, @Nullable Integer returnCode) implements Outcome {
    @Override
    public Status status() {
      return Status.TIMED_OUT;
    }

    @Override
    public Reason reason() {
      return Reason.TIMEOUT;
    }

    @Override
    public String message() {
      return "The job ran longer than its limit of " + text(limit) + ".";
    }

    /** As people write it: {@code 1h30m}, {@code 1.5s}, {@code 500ms}. */
    private static String text(Duration duration) {
      return duration.compareTo(Duration.ofSeconds(1)) < 0
          ? duration.toMillis() + "ms"
          : duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
  }

  /** The server died while this job ran, too often to try again. */
  record Lost(int crashes) implements Outcome {
    @Override
    public Status status() {
      return Status.LOST;
    }

    @Override
    public Reason reason() {
      return Reason.CRASHED;
    }

    @Override
    public String message() {
      return "The server died " + crashes + " times while this job ran.";
    }

    @Override
    public @Nullable Integer returnCode() {
      return null;
    }
  }
}
