package dev.fermata.promises;

import static dev.fermata.promises.Scenarios.CRASHES;
import static dev.fermata.promises.Scenarios.LANES;
import static dev.fermata.promises.Scenarios.RETRIES;
import static dev.fermata.promises.Scenarios.SMALL;
import static dev.fermata.promises.Scenarios.STOPPED;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fermata.promises.Explorer.Counterexample;
import java.util.EnumSet;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake that the model is told to make is found: the invariants bite. */
class FlawTest {

  static Stream<Arguments> flaws() {
    return Stream.of(
        flaw(Flaw.JOB_ACKNOWLEDGED_TOO_EARLY, SMALL, Invariant.AN_ACKNOWLEDGED_JOB_IS_DURABLE),
        flaw(Flaw.CANCEL_ONLY_IN_MEMORY, SMALL, Invariant.AN_ACKNOWLEDGED_CANCEL_IS_DURABLE),
        flaw(Flaw.CANCELLING_JOB_RUNS_AGAIN, SMALL, Invariant.A_CANCELLED_JOB_NEVER_RUNS_AGAIN),
        flaw(Flaw.LATE_STOP_WINS, SMALL, Invariant.WHAT_CAME_FIRST_WINS),
        flaw(Flaw.STOP_IGNORED, SMALL, Invariant.WHAT_CAME_FIRST_WINS),
        flaw(Flaw.NO_FENCE, SMALL, Invariant.A_STALE_WORKER_IS_REFUSED),
        flaw(Flaw.ATTEMPT_USED_TWICE, SMALL, Invariant.ATTEMPTS_COUNT_STARTS),
        flaw(Flaw.CRASH_NOT_COUNTED, SMALL, Invariant.CRASHES_ARE_COUNTED),
        flaw(Flaw.HAND_BACK_COUNTED, SMALL, Invariant.CRASHES_ARE_COUNTED),
        flaw(Flaw.RETRY_NOT_COUNTED, SMALL, Invariant.FAILURES_ARE_COUNTED),
        flaw(Flaw.RETRY_PASSES_ITS_SESSION_ON, RETRIES, Invariant.JOBS_START_IN_ORDER),
        flaw(Flaw.STARTS_BEFORE_ITS_TIME, SMALL, Invariant.JOBS_START_IN_ORDER),
        flaw(Flaw.LATER_TURNS_OVERTAKE, RETRIES, Invariant.JOBS_START_IN_ORDER),
        flaw(
            Flaw.TIME_FORGOTTEN_IN_A_CRASH,
            SMALL,
            Invariant.AT_REST_EVERY_JOB_HAS_ENDED_AND_WATCHERS_KNOW),
        flaw(
            Flaw.OPENS_BEFORE_THE_START_IS_DURABLE,
            SMALL,
            Invariant.A_SCOPE_OPENS_AFTER_A_DURABLE_START),
        flaw(
            Flaw.ENDS_BEFORE_THE_CLOSE,
            SMALL,
            Invariant.A_SCOPE_CLOSES_BEFORE_THE_END_OF_ITS_ATTEMPT),
        flaw(Flaw.SHOWN_BEFORE_DURABLE, SMALL, Invariant.ONLY_THE_DURABLE_IS_SHOWN_IN_ITS_ORDER),
        flaw(Flaw.TWO_AT_ONCE, SMALL, Invariant.A_LANE_RUNS_NO_MORE_JOBS_THAN_IT_HAS_WORKERS),
        flaw(Flaw.SESSION_HELD_PER_LANE, LANES, Invariant.A_SESSION_IS_HELD_BY_ONE_JOB),
        flaw(Flaw.RECOVERS_OUT_OF_ORDER, SMALL, Invariant.JOBS_START_IN_ORDER),
        flaw(Flaw.SAVES_APART, CRASHES, Invariant.A_TURN_IS_SAVED_WITH_ITS_END_AS_ITS_POLICY_SAYS),
        flaw(
            Flaw.SAVES_WHATEVER_THE_END,
            RETRIES,
            Invariant.A_TURN_IS_SAVED_WITH_ITS_END_AS_ITS_POLICY_SAYS),
        flaw(Flaw.NUMBERS_START_AGAIN, SMALL, Invariant.EVENTS_ARE_NUMBERED_WITHOUT_GAPS),
        flaw(Flaw.REFUSED_END_SAID_AGAIN, STOPPED, null));
  }

  private static Arguments flaw(Flaw flaw, Scenario scenario, @Nullable Invariant broken) {
    return arguments(flaw, scenario, broken);
  }

  /**
   * @param broken null when the server could not come to rest
   */
  @ParameterizedTest
  @MethodSource("flaws")
  void everyFlawIsFound(Flaw flaw, Scenario scenario, @Nullable Invariant broken) {
    Counterexample found =
        requireNonNull(Explorer.explore(scenario, flaw).counterexample(), "not found");

    assertThat(found.broken()).as(found.toString()).isEqualTo(broken);
  }

  @Test
  void noFlawIsForgotten() {
    assertThat(flaws().map(it -> it.get()[0]).filter(Objects::nonNull).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Flaw.NONE)));
  }
}
