package dev.fermata.web;

import dev.fermata.job.OnDisconnect;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a request asks for in case that its client goes away. */
final class Disconnects {

  /** What a client may do when its connection has gone. */
  private enum Word {
    CONTINUE,
    CANCEL
  }

  private static final Duration MOST_GRACE = Duration.ofDays(1);

  private Disconnects() {}

  /**
   * Reads the options of a submission.
   *
   * @param waits whether the client stays until the job has ended
   */
  static OnDisconnect of(Map<String, String> given, boolean waits) {
    boolean cancels = cancels(given);
    Optional<Duration> grace = Options.of(given, "disconnectGrace").map(Disconnects::grace);
    if (!waits && (cancels || grace.isPresent())) {
      throw QueryString.invalid(
          cancels ? "onDisconnect" : "disconnectGrace",
          "Nobody waits for this job, so nobody can go away: add Prefer: wait=N or Accept:"
              + " text/event-stream, or leave it out.");
    }
    return new OnDisconnect(cancels, grace.orElse(OnDisconnect.DEFAULT_GRACE));
  }

  /** Whether the option {@code onDisconnect} is there and asks for a cancel. */
  static boolean cancels(Map<String, String> given) {
    return Names.word(given, "onDisconnect", Word.class).filter(Word.CANCEL::equals).isPresent();
  }

  private static Duration grace(String text) {
    return Durations.parse(text)
        .filter(grace -> grace.compareTo(MOST_GRACE) <= 0)
        .orElseThrow(
            () ->
                QueryString.invalid(
                    "disconnectGrace",
                    "It must be a time such as 500ms or 2s, from 0s to "
                        + Durations.text(MOST_GRACE)
                        + "."));
  }
}
