package dev.fermata.web;

import dev.fermata.journal.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the jobs of the last hour ended.
 *
 * @param since the begin of the first minute
 * @param minutes those in which a job ended, the oldest first
 */
record HistoryDocument(Instant since, List<Minute> minutes) implements Spoken {

  /**
   * One minute.
   *
   * @param at its begin
   * @param ended how many jobs ended, by the state in which they did
   * @param queueWaitSeconds from acceptance to start, the mean of those that started; null for none
   * @param runSeconds from start to return, likewise
   */
  record Minute(
      Instant at,
      Map<String, Long> ended,
      @Nullable Double queueWaitSeconds,
      @Nullable Double runSeconds) {

    static Minute of(Instant at, List<Tally> tallies) {
      Map<String, Long> ended =
          tallies.stream()
              .collect(
                  Collectors.toMap(
                      tally -> tally.status().word(), Tally::jobs, Long::sum, TreeMap::new));
      return new Minute(at, ended, mean(tallies, Tally::queueWait), mean(tallies, Tally::run));
    }

    /** Of all, each tally with the weight of those that started. */
    private static @Nullable Double mean(
        List<Tally> tallies, Function<Tally, @Nullable Duration> time) {
      double seconds = 0;
      long jobs = 0;
      for (Tally tally : tallies) {
        @Nullable Duration each = time.apply(tally);
        if (each != null) {
          seconds += each.toMillis() / 1e3 * tally.started();
          jobs += tally.started();
        }
      }
      return jobs == 0 ? null : Math.round(seconds / jobs * 1e3) / 1e3;
    }
  }

  static HistoryDocument of(Instant since, List<Tally> tallies) {
    Map<Instant, List<Tally>> byMinute =
        tallies.stream()
            .collect(Collectors.groupingBy(Tally::minute, TreeMap::new, Collectors.toList()));
    return new HistoryDocument(
        since,
        byMinute.entrySet().stream().map(it -> Minute.of(it.getKey(), it.getValue())).toList());
  }

  /** The begin of the first of the last sixty minutes. */
  static Instant hourBefore(Instant now) {
    return now.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(59));
  }

  @Override
  public String line() {
    Map<String, Long> ended =
        minutes.stream()
            .flatMap(minute -> minute.ended().entrySet().stream())
            .collect(
                Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
    return ended.isEmpty()
        ? "No job has ended in the last hour."
        : ended.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey().replace('_', ' '))
            .collect(Collectors.joining(", ", "In the last hour: ", "."));
  }
}
