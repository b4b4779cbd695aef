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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a submission asks for beside its inputs.
 *
 * @param timeout null for no limit
 * @param session null for none
 */
record Options(
    String lane,
    @Nullable Duration timeout,
    @Nullable SessionId session,
    OnBusy onBusy,
    CommitPolicy policy,
    OnDisconnect onDisconnect) {

  /** All that the contract knows; those that aren't built yet are refused by name. */
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
          "maxAttempts",
          "notBefore");

  static boolean isNumber(String name) {
    return name.equals("maxAttempts");
  }

  /**
   * Reads the options of a submission.
   *
   * @param waits whether the client stays until the job has ended
   */
  static Options of(Map<String, String> given, Kind kind, Lanes lanes, boolean waits, Owner owner) {
    refuseWhatIsNotBuilt(given);
    SessionOptions session = SessionOptions.of(given, kind.policy(), owner);
    return new Options(
        of(given, "lane").map(it -> lane(it, lanes)).orElse(kind.lane()),
        timeout(given, kind.timeout()),
        session.id(),
        session.onBusy(),
        session.policy(),
        Disconnects.of(given, waits));
  }

  /** Those of an earlier submission, as far as the kind and the lanes of today allow them. */
  static Options again(Submission earlier, Kind kind, Lanes lanes, boolean waits) {
    return new Options(
        lanes.has(earlier.lane()) ? earlier.lane() : kind.lane(),
        lower(earlier.timeout(), kind.timeout()),
        earlier.session(),
        OnBusy.ENQUEUE,
        earlier.policy(),
        new OnDisconnect(
            waits && earlier.onDisconnect().cancels(), earlier.onDisconnect().grace()));
  }

  static Optional<String> of(Map<String, String> given, String name) {
    return Optional.ofNullable(given.get(name));
  }

  private static void refuseWhatIsNotBuilt(Map<String, String> given) {
    if (given.containsKey("notBefore")) {
      throw notSupported("notBefore");
    }
    if (!given.getOrDefault("maxAttempts", "1").equals("1")) {
      throw notSupported("maxAttempts");
    }
  }

  private static Rejected notSupported(String option) {
    return Problem.OPTION_NOT_SUPPORTED.at(
        Rejected.Fault.pointer(option), option + " isn't supported yet.");
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
