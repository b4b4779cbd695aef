package dev.fermata.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes is what the page shows, but for what no two runs have in common. */
class TranscriptTest {

  private static final String ON_THE_PAGE = "01a22032-c327-7000-896f-1d1ea5c2b26b";
  private static final String HERE = "01a2204c-a51c-7000-a338-8cb801699537";
  private static final String ANOTHER = "01a2204c-ffff-7000-a338-8cb801699537";

  private final Transcript transcript = new Transcript();

  private boolean matches(String shown, String seen) {
    return transcript.matches(shown.lines().toList(), seen);
  }

  @Test
  void anotherAnswerIsNotWhatIsShown() {
    assertThat(matches("HBB_CALAR\t740", "HBB_CALAR\t740\n")).isTrue();
    assertThat(matches("HBB_CALAR\t740", "HBB_CALAR\t738\n")).isFalse();
    assertThat(matches("one", "one\ntwo\n")).isFalse();
    assertThat(matches("one\ntwo", "one\n")).isFalse();
    assertThat(transcript.matches(List.of(), "something")).isFalse();
  }

  @Test
  void ellipsisStandsForAnythingInItsLineAndAloneForLines() {
    assertThat(matches("{\"a\":1,...}", "{\"a\":1,\"b\":2}")).isTrue();
    assertThat(matches("{\"a\":1,...}", "{\"a\":1,\n\"b\":2}")).isFalse();
    assertThat(matches("first\n...", "first\nsecond\nthird\n")).isTrue();
    assertThat(matches("...\nlast", "last")).isTrue();
    assertThat(matches("...\nlast", "last\nbut one")).isFalse();
  }

  @Test
  void timesAndCountsMayBeOthers() {
    assertThat(matches("at 2026-11-22T04:47:20.556Z", "at 2027-01-02T03:04:05Z")).isTrue();
    assertThat(matches("at 2026-11-22T04:47:20.556Z", "at noon")).isFalse();
    assertThat(matches("Currently 19 jobs in the backlog.", "Currently 7 jobs in the backlog."))
        .isTrue();
  }

  @Test
  void idThatWasSeenStandsForThePagesFromThenOn() {
    assertThat(transcript.translated("curl /jobs/" + ON_THE_PAGE)).endsWith(ON_THE_PAGE);

    assertThat(matches("Location: /jobs/" + ON_THE_PAGE, "Location: /jobs/" + HERE)).isTrue();

    assertThat(transcript.translated("curl /jobs/" + ON_THE_PAGE)).endsWith(HERE);
    assertThat(matches("job " + ON_THE_PAGE, "job " + HERE)).isTrue();
    assertThat(matches("job " + ON_THE_PAGE, "job " + ANOTHER)).isFalse();
  }
}
