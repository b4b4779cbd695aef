package dev.fermata.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a line will have moved on, from what its kinds took before. */
class ForecastTest {

  private final Crew crew = new Crew(1);
  private final Backlog backlog = new Backlog();
  private long place;

  private void waits(String kind, int jobs) {
    for (int i = 0; i < jobs; i++) {
      place++;
      backlog.add(
          new Waiting(
              new JobId(new UUID(0, place)),
              kind,
              Lanes.DEFAULT,
              place,
              place,
              Owner.NOBODY,
              null,
              0,
              Instant.EPOCH,
              Instant.EPOCH,
              null));
    }
  }

  private Duration of(int jobs) {
    return Objects.requireNonNull(forecast(crew)).of(jobs);
  }

  private @Nullable Forecast forecast(Crew workers) {
    return Forecast.of(workers, backlog);
  }

  private static Crew paced(Crew crew) {
    crew.pace().took("align", Duration.ofSeconds(1));
    crew.pace().took("fold", Duration.ofSeconds(60));
    return crew;
  }

  @Test
  void nothingIsSaidBeforeTheFirstEnd() {
    waits("align", 3);

    assertThat(forecast(crew)).isNull();
  }

  @Test
  void firstOnesCountAsWhatTheyAre() {
    paced(crew);
    waits("align", 2);
    waits("fold", 3);

    assertThat(of(0)).isZero();
    assertThat(of(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(of(3)).isEqualTo(Duration.ofSeconds(62));
    assertThat(of(5)).isEqualTo(Duration.ofSeconds(182));
  }

  @Test
  void thoseFarBehindCountAsTheMeanOfTheLine() {
    paced(crew);
    waits("align", 500);
    waits("fold", 500);

    assertThat(of(1000)).isEqualTo(Duration.ofMillis(25_000 + 975 * 30_500));
  }

  @Test
  void whoLeavesCountsNoLonger() {
    paced(crew);
    waits("align", 1);
    waits("fold", 1);
    backlog.remove(new JobId(new UUID(0, 2)));

    assertThat(backlog.kinds()).containsOnlyKeys("align");
    assertThat(of(1)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void workersShareTheJobs() {
    waits("fold", 6);

    assertThat(Objects.requireNonNull(forecast(paced(new Crew(3)))).of(6))
        .isEqualTo(Duration.ofMinutes(2));
  }
}
