package dev.fermata.web;

import dev.fermata.kind.Kind;
import dev.fermata.lane.LaneView;
import dev.fermata.lane.Lanes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a submission asks for beside its inputs.
 *
 * @param timeout null for no limit
 */
record Options(String lane, @Nullable Duration timeout) {

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

  static Options of(Map<String, String> given, Kind kind, Lanes lanes) {
    String lane = kind.lane();
    Duration timeout = kind.timeout();
    for (Map.Entry<String, String> option : given.entrySet()) {
      String value = option.getValue();
      switch (option.getKey()) {
        case "lane" -> lane = lane(value, lanes);
        case "timeout" -> timeout = timeout(value, kind.timeout());
        case "maxAttempts" -> oneAttempt(value);
        default -> throw notSupported(option.getKey());
      }
    }
    return new Options(lane, timeout);
  }

  /** A lane of this name, or a refusal that names those that there are. */
  static String lane(String name, Lanes lanes) {
    if (!lanes.has(name)) {
      Names.require(name, lanes.views().stream().map(LaneView::lane).toList(), "lane", "lane");
    }
    return name;
  }

  private static Duration timeout(String text, @Nullable Duration most) {
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

  private static void oneAttempt(String value) {
    if (!value.equals("1")) {
      throw notSupported("maxAttempts");
    }
  }

  static Rejected notSupported(String option) {
    return Problem.OPTION_NOT_SUPPORTED.at(
        Rejected.Fault.pointer(option), option + " isn't supported yet.");
  }
}
