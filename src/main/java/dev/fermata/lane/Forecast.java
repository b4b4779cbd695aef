package dev.fermata.lane;

import dev.fermata.lane.Backlog.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long those that wait in a lane take: the first of them one by one, and each one behind them
 * as long as the mean of the line.
 */
final class Forecast {

  /** As many as people look at; every submission makes a forecast. */
  private static final int ONE_BY_ONE = 25;

  /** The seconds that the first 0, 1, 2 ... take together. */
  private final double[] upTo;

  /** The seconds of one behind them. */
  private final double each;

  private final int workers;

  private Forecast(double[] upTo, double each, int workers) {
    this.upTo = upTo;
    this.each = each;
    this.workers = workers;
  }

  /** Of the line as it stands now; null before the first end of a job. */
  static @Nullable Forecast of(Crew crew, Backlog backlog) {
    Pace pace = crew.pace();
    return pace.ofAny() == null
        ? null
        : new Forecast(
            sums(firstOnes(crew, backlog).mapToDouble(job -> seconds(pace, job.kind())).toArray()),
            mean(pace, backlog.kinds()),
            crew.workers());
  }

  private static Stream<Waiting> firstOnes(Crew crew, Backlog backlog) {
    return Stream.concat(
        crew.starting().stream().map(Attempt::waitingBefore),
        backlog.behind(Long.MIN_VALUE, ONE_BY_ONE, null).stream());
  }

  private static double[] sums(double[] seconds) {
    double[] upTo = new double[seconds.length + 1];
    for (int i = 0; i < seconds.length; i++) {
      upTo[i + 1] = upTo[i] + seconds[i];
    }
    return upTo;
  }

  /** Of the kinds in line, each as often as it stands there. */
  private static double mean(Pace pace, Map<String, Integer> kinds) {
    double seconds = 0;
    long jobs = 0;
    for (var kind : kinds.entrySet()) {
      seconds += kind.getValue() * seconds(pace, kind.getKey());
      jobs += kind.getValue();
    }
    return jobs == 0 ? Objects.requireNonNull(pace.ofAny()) : seconds / jobs;
  }

  private static double seconds(Pace pace, String kind) {
    return Objects.requireNonNull(pace.of(kind));
  }

  /** Until so many of them have ended. */
  Duration of(int jobs) {
    int known = Math.min(jobs, upTo.length - 1);
    return Pace.duration((upTo[known] + (jobs - known) * each) / workers);
  }
}
