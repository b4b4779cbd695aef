package dev.fermata.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.fermata.lane.LaneView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What waits and runs, over some lanes.
 *
 * @param length what waits and what runs
 * @param oldestWaitingSeconds 0 when nothing waits
 * @param estimatedDrainSeconds null before there is an estimate
 * @param jobs in the order in which they start, the running ones first
 * @param next what {@code after=} takes to go on; null at the end
 */
record BacklogDocument(
    int length,
    int waiting,
    int running,
    int capacity,
    long oldestWaitingSeconds,
    @Nullable Long estimatedDrainSeconds,
    List<OneLane> lanes,
    @JsonIgnoreProperties({"input", "result"}) List<JobDocument> jobs,
    @Nullable String next)
    implements Spoken {

  /** The same for one lane. */
  record OneLane(
      String lane,
      int workers,
      int length,
      int waiting,
      int running,
      int capacity,
      long oldestWaitingSeconds,
      @Nullable Long estimatedDrainSeconds) {

    static OneLane of(LaneView view, Instant now) {
      Duration drain = view.estimatedDrain();
      return new OneLane(
          view.lane(),
          view.workers(),
          view.waiting() + view.running(),
          view.waiting(),
          view.running(),
          view.capacity(),
          seconds(view.oldestWaitingSince(), now),
          drain == null ? null : drain.toSeconds());
    }

    private static long seconds(@Nullable Instant since, Instant now) {
      return since == null ? 0 : Math.max(0, Duration.between(since, now).toSeconds());
    }
  }

  /** Sums over the lanes; they drain side by side, so the slowest one counts. */
  static BacklogDocument of(List<OneLane> lanes, List<JobDocument> jobs, @Nullable String next) {
    return new BacklogDocument(
        lanes.stream().mapToInt(OneLane::length).sum(),
        lanes.stream().mapToInt(OneLane::waiting).sum(),
        lanes.stream().mapToInt(OneLane::running).sum(),
        lanes.stream().mapToInt(OneLane::capacity).sum(),
        lanes.stream().mapToLong(OneLane::oldestWaitingSeconds).max().orElse(0),
        lanes.stream()
            .map(OneLane::estimatedDrainSeconds)
            .filter(Objects::nonNull)
            .max(Long::compare)
            .orElse(null),
        lanes,
        jobs,
        next);
  }

  static String sentence(int length) {
    return "Currently " + length + (length == 1 ? " job" : " jobs") + " in the backlog.";
  }

  @Override
  public String line() {
    return sentence(length);
  }
}
