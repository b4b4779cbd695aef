package dev.fermata.promises;

import java.util.List;
import java.util.Map;

/** Few jobs, much trouble. */
final class Scenarios {

  private static final Rules ONE_LANE = new Rules(Map.of("default", 1), 1);
  private static final Rules TWO_LANES = new Rules(Map.of("default", 1, "wide", 2), 1);

  static final Scenario CRASHES =
      new Scenario(
          "two jobs, two crashes, a stop, workers that outlive the server",
          ONE_LANE,
          List.of(Query.of("a").on("s"), Query.of("b").on("s")),
          new Mishaps(2, 1, true, false, true));

  static final Scenario RETRIES =
      new Scenario(
          "a turn that is tried twice, one behind it, and a job of no session",
          ONE_LANE,
          List.of(Query.of("a").on("s").triedTwice(), Query.of("b").on("s"), Query.of("c")),
          new Mishaps(1, 0, false, true, false));

  static final Scenario CANCELLED_RETRIES =
      new Scenario(
          "a turn that is tried twice or cancelled, and one behind it that keeps what failed",
          ONE_LANE,
          List.of(
              Query.of("a").on("s").keeping(false, false).triedTwice(),
              Query.of("b").on("s").keeping(true, true)),
          new Mishaps(1, 1, true, true, false));

  static final Scenario LATER =
      new Scenario(
          "a turn whose time comes later, one behind it, and a job of no session",
          ONE_LANE,
          List.of(Query.of("a").on("s").notYet(), Query.of("b").on("s"), Query.of("c")),
          new Mishaps(1, 0, true, false, false));

  static final Scenario LANES =
      new Scenario(
          "a session over two lanes",
          TWO_LANES,
          List.of(
              Query.of("a").on("s").in("wide"),
              Query.of("b").on("s"),
              Query.of("c").on("s").in("wide")),
          new Mishaps(1, 0, true, false, false));

  /** Of one job, or two: enough to show a mistake. */
  static final Scenario SMALL =
      new Scenario(
          "a job, and one behind it",
          ONE_LANE,
          List.of(Query.of("a").triedTwice(), Query.of("b")),
          new Mishaps(2, 1, true, true, true));

  static final Scenario STOPPED =
      new Scenario(
          "a stop", ONE_LANE, List.of(Query.of("a")), new Mishaps(0, 1, true, false, false));

  static final List<Scenario> ALL = List.of(CRASHES, RETRIES, CANCELLED_RETRIES, LATER, LANES);

  private Scenarios() {}
}
