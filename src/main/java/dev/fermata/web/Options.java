package dev.fermata.web;

import dev.fermata.job.CommitPolicy;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Owner;
import dev.fermata.job.SessionId;
import dev.fermata.job.Submission;
import dev.fermata.kind.Kind;
import dev.fermata.lane.LaneView;
import dev.fermata.lane.Lanes;
import dev.fermata.lane.OnBusy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a submission asks for beside its inputs.
 *
 * @param timeout null for no limit
 * @param session null for none
 * @param notBefore null for at once
 */
record Options(
    String lane,
    @Nullable Duration timeout,
    @Nullable SessionId session,
    OnBusy onBusy,
    CommitPolicy policy,
    OnDisconnect onDisconnect,
    int maxAttempts,
    @Nullable Instant notBefore) {

  private static final String MAX_ATTEMPTS = "maxAttempts";

  static final List<String> NAMES =
      List.of(
          "lane",
          "timeout",
          "session",
          "onBusy",
          "onDisconnect",
          "disconnectGrace",
          "onCancel",
          "onFailure",
          MAX_ATTEMPTS,
          Later.NOT_BEFORE);

  static boolean isNumber(String name) {
    return name.equals(MAX_ATTEMPTS);
  }

  /**
   * Reads the options of a submission.
   *
   * @param waits whether the client stays until the job has ended
   */
  static Options of(
      Map<String, String> given, Kind kind, Lanes lanes, boolean waits, Owner owner, Instant now) {
    SessionOptions session = SessionOptions.of(given, kind.policy(), owner);
    @Nullable Instant notBefore = Later.of(given.get(Later.NOT_BEFORE), now);
    if (notBefore != null && session.onBusy().supersedes()) {
      throw QueryString.invalid(
          Later.NOT_BEFORE, "It would cancel the job that has the session, and not start.");
    }
    return new Options(
        of(given, "lane").map(it -> lane(it, lanes)).orElse(kind.lane()),
        timeout(given, kind.timeout()),
        session.id(),
        session.onBusy(),
        session.policy(),
        Disconnects.of(given, waits),
        maxAttempts(given, kind.maxAttempts()),
        notBefore);
  }

  /** Those of an earlier submission, as far as the kind and the lanes of today allow them. */
  static Options again(Submission earlier, Kind kind, Lanes lanes, boolean waits) {
    return new Options(
        lanes.has(earlier.lane()) ? earlier.lane() : kind.lane(),
        lower(earlier.timeout(), kind.timeout()),
        earlier.session(),
        OnBusy.ENQUEUE,
        earlier.policy(),
        new OnDisconnect(waits && earlier.onDisconnect().cancels(), earlier.onDisconnect().grace()),
        Math.min(earlier.maxAttempts(), kind.maxAttempts()),
        null);
  }

  static Optional<String> of(Map<String, String> given, String name) {
    return Optional.ofNullable(given.get(name));
  }

  private static int maxAttempts(Map<String, String> given, int most) {
    @Nullable String text = given.get(MAX_ATTEMPTS);
    if (text == null) {
      return most;
    }
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw QueryString.invalid(MAX_ATTEMPTS, "It must be a whole number, 1 or more.");
    }
    int attempts = Integer.parseInt(text);
    if (attempts > most) {
      throw QueryString.invalid(
          MAX_ATTEMPTS, "It can only be lowered; the kind's is " + most + ".");
    }
    return attempts;
  }

  /** A lane of this name, or a refusal that names those that there are. */
  static String lane(String name, Lanes lanes) {
    if (!lanes.has(name)) {
      Names.require(name, lanes.views().stream().map(LaneView::lane).toList(), "lane", "lane");
    }
    return name;
  }

  private static @Nullable Duration timeout(Map<String, String> given, @Nullable Duration most) {
    @Nullable String text = given.get("timeout");
    if (text == null) {
      return most;
    }
    Duration timeout =
        Durations.parse(text)
            .filter(Duration::isPositive)
            .orElseThrow(
                () -> QueryString.invalid("timeout", "\"" + text + "\" isn't a time such as 90s."));
    if (most != null && timeout.compareTo(most) > 0) {
      throw QueryString.invalid(
          "timeout", "It can only be lowered; the kind's is " + Durations.text(most) + ".");
    }
    return timeout;
  }

  private static @Nullable Duration lower(@Nullable Duration a, @Nullable Duration b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) < 0 ? a : b;
  }
}
