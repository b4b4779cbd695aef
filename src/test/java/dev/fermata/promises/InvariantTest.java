package dev.fermata.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fermata.job.Status;
import dev.fermata.promises.Seen.Acknowledged;
import dev.fermata.promises.Seen.Commit;
import dev.fermata.promises.Seen.Crash;
import dev.fermata.promises.Seen.Entry.Accepted;
import dev.fermata.promises.Seen.Entry.CancelAsked;
import dev.fermata.promises.Seen.Entry.Ended;
import dev.fermata.promises.Seen.Entry.Saved;
import dev.fermata.promises.Seen.Entry.Started;
import dev.fermata.promises.Seen.Found;
import dev.fermata.promises.Seen.Opened;
import dev.fermata.promises.Seen.Rest;
import dev.fermata.promises.Seen.Shown;
import dev.fermata.promises.Seen.Told;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories that must not be, of mistakes that the model can't make. */
class InvariantTest {

  private static final Rules RULES = new Rules(Map.of("default", 1), 1);
  private static final Seen ACCEPTED = commit(new Accepted(Query.of("a").on("s")));
  private static final Seen STARTED = commit(new Started("a", 1));
  private static final Seen OPENED = new Opened("a", 1);
  private static final Seen WROTE = new Seen.Wrote("a");
  private static final Seen CLOSED = new Seen.Closed("a", 1);
  private static final Seen SUCCEEDED =
      commit(new Ended("a", 1, Status.SUCCEEDED), new Saved("a", "s", 1));

  private static Seen commit(Seen.Entry... entries) {
    return new Commit(List.of(entries));
  }

  private static Seen rest(Found session) {
    return new Rest(Map.of("s", session));
  }

  @Test
  void historyOfOneJobIsAsPromised() {
    var history =
        List.of(
            ACCEPTED,
            new Acknowledged("a"),
            STARTED,
            OPENED,
            WROTE,
            CLOSED,
            SUCCEEDED,
            new Told("a", Status.SUCCEEDED),
            new Shown("a", 1, Status.QUEUED),
            new Shown("a", 2, Status.RUNNING),
            new Shown("a", 3, null),
            new Shown("a", 4, Status.SUCCEEDED),
            rest(new Found(1, List.of("a"))));

    assertThatCode(new History(RULES, history)::check).doesNotThrowAnyException();
  }

  static Stream<Arguments> histories() {
    return Stream.of(
        history(Invariant.A_JOB_IS_ACCEPTED_ONCE, ACCEPTED, ACCEPTED),
        history(
            Invariant.NOTHING_HAPPENS_AFTER_THE_END,
            ACCEPTED,
            commit(new Ended("a", 0, Status.CANCELLED)),
            commit(new CancelAsked("a"))),
        history(
            Invariant.AN_END_IS_TOLD_AFTER_THE_CLOSE,
            ACCEPTED,
            STARTED,
            OPENED,
            new Told("a", Status.SUCCEEDED)),
        history(
            Invariant.A_CANCELLING_JOB_THAT_CRASHED_IS_CANCELLED,
            ACCEPTED,
            STARTED,
            commit(new CancelAsked("a")),
            new Crash(),
            commit(new Ended("a", 1, Status.FAILED))),
        history(
            Invariant.A_RUNNING_JOB_IS_CANCELLED_ONLY_WHEN_ASKED,
            ACCEPTED,
            STARTED,
            commit(new Ended("a", 1, Status.CANCELLED))),
        history(
            Invariant.VERSIONS_ARE_COUNTED,
            ACCEPTED,
            STARTED,
            OPENED,
            WROTE,
            CLOSED,
            commit(new Ended("a", 1, Status.SUCCEEDED), new Saved("a", "s", 2))),
        history(
            Invariant.A_TURN_IS_SAVED_WITH_ITS_END_AS_ITS_POLICY_SAYS,
            ACCEPTED,
            STARTED,
            OPENED,
            WROTE,
            CLOSED,
            commit(new Ended("a", 1, Status.SUCCEEDED))),
        history(
            Invariant.READERS_FIND_WHAT_WAS_SAVED,
            ACCEPTED,
            STARTED,
            OPENED,
            WROTE,
            CLOSED,
            SUCCEEDED,
            new Shown("a", 1, Status.QUEUED),
            new Shown("a", 2, Status.RUNNING),
            new Shown("a", 3, Status.SUCCEEDED),
            rest(new Found(2, List.of("a", "a")))));
  }

  private static Arguments history(Invariant broken, Seen... seen) {
    return arguments(broken, List.of(seen));
  }

  @ParameterizedTest
  @MethodSource("histories")
  void lastThatIsSeenBreaksIt(Invariant broken, List<Seen> seen) {
    assertThatCode(new History(RULES, seen.subList(0, seen.size() - 1))::check)
        .doesNotThrowAnyException();
    assertThatThrownBy(new History(RULES, seen)::check)
        .cause()
        .isInstanceOfSatisfying(Broken.class, it -> assertThat(it.invariant()).isEqualTo(broken));
  }

  /** Each of them is broken by a flaw of the model or by a history above. */
  @Test
  void noInvariantHoldsOfEverything() {
    var broken =
        Stream.concat(FlawTest.flaws().map(it -> it.get()[2]), histories().map(it -> it.get()[0]))
            .filter(Invariant.class::isInstance)
            .map(Object::toString)
            .distinct();

    assertThat(broken)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Invariant.values()).map(Invariant::name).toList());
  }
}
