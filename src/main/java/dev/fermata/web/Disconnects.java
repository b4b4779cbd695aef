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

  static final String ON_DISCONNECT = "onDisconnect";
  static final String GRACE = "disconnectGrace";

  private static final Duration MOST_GRACE = Duration.ofDays(1);

  private Disconnects() {}

  /**
   * Reads the options of a submission.
   *
   * @param waits whether the client stays until the job has ended
   */
  static OnDisconnect of(Map<String, String> given, boolean waits) {
    boolean cancels = cancels(given);
    Optional<Duration> grace = Options.of(given, GRACE).map(Disconnects::grace);
    if (!waits && (cancels || grace.isPresent())) {
      throw QueryString.invalid(
          cancels ? ON_DISCONNECT : GRACE,
          "Nobody waits for this job, so nobody can go away: add Prefer: wait=N or Accept:"
              + " text/event-stream, or leave it out.");
    }
    return new OnDisconnect(cancels, grace.orElse(OnDisconnect.DEFAULT_GRACE));
  }

  /**
   * Reads what somebody asks for who looks at a job: what its submission asked for holds anyway.
   *
   * @param waits whether the client stays until the job has ended
   */
  static OnDisconnect of(Map<String, String> given, boolean waits, OnDisconnect submission) {
    OnDisconnect own = of(given, waits);
    boolean asks = own.cancels() || given.containsKey(GRACE);
    return asks ? new OnDisconnect(own.cancels() || submission.cancels(), own.grace()) : submission;
  }

  /** Whether the option {@code onDisconnect} is there and asks for a cancel. */
  static boolean cancels(Map<String, String> given) {
    return Names.word(given, ON_DISCONNECT, Word.class).filter(Word.CANCEL::equals).isPresent();
  }

  private static Duration grace(String text) {
    return Durations.parse(text)
        .filter(grace -> grace.compareTo(MOST_GRACE) <= 0)
        .orElseThrow(
            () ->
                QueryString.invalid(
                    GRACE,
                    "It must be a time such as 500ms or 2s, from 0s to "
                        + Durations.text(MOST_GRACE)
                        + "."));
  }
}
