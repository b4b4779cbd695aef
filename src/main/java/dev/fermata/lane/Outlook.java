package dev.fermata.lane;

import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.lane.Backlog.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a line at one moment: how long it is, who stands where, and when a job will
 * start. Not safe for use by several threads: the lanes' lock guards it.
 */
record Outlook(LaneSpec lane, Backlog backlog, Parking parking, Crew crew) {

  /** How many jobs wait: those that start, those in line, and those that are parked. */
  int waiting() {
    return crew.starting().size() + backlog.size() + parking.size(lane.name());
  }

  LaneView view(Instant now) {
    @Nullable Waiting oldest = oldestInLine();
    @Nullable Forecast forecast = forecast();
    return new LaneView(
        lane.name(),
        lane.workers(),
        waiting(),
        crew.running().size(),
        lane.capacity(),
        oldest == null ? null : oldest.submittedAt(),
        forecast == null ? null : forecast.of(waiting()).plus(crew.untilAllEnd(now)));
  }

  Optional<Standing> standing(JobId id, Instant now) {
    @Nullable Attempt attempt = crew.find(id);
    if (attempt != null) {
      return Optional.of(standing(attempt, forecast(), now));
    }
    @Nullable Waiting job = backlog.find(id);
    if (job != null) {
      return Optional.of(standing(job, forecast(), now));
    }
    return Optional.ofNullable(parking.find(id, lane.name()))
        .map(it -> standingParked(it, forecast(), now));
  }

  /**
   * The jobs of one owner: those that run, and at most {@code limit} that wait behind this place.
   *
   * @param owner null for those of everybody
   */
  List<Standing> standings(
      @Nullable Owner owner, Standing.@Nullable Place after, int limit, Instant now) {
    var all = new ArrayList<Standing>();
    @Nullable Forecast forecast = forecast();
    Stream.concat(crew.running().stream(), crew.starting().stream())
        .filter(attempt -> attempt.waitingBefore().isOf(owner))
        .forEach(attempt -> all.add(standing(attempt, forecast, now)));
    backlog
        .behind(Standing.Where.IN_LINE.behind(after), limit, owner)
        .forEach(job -> all.add(standing(job, forecast, now)));
    parking
        .after(lane.name(), Standing.Where.PARKED.behind(after), limit, job -> job.isOf(owner))
        .forEach(job -> all.add(standingParked(job, forecast, now)));
    return all;
  }

  /** It is made only for a job that is here: every lane is asked where a job stands. */
  private @Nullable Forecast forecast() {
    return Forecast.of(crew, backlog);
  }

  private @Nullable Waiting oldestInLine() {
    return crew.starting().stream()
        .findFirst()
        .map(Attempt::waitingBefore)
        .orElseGet(backlog::first);
  }

  private Standing standing(Attempt attempt, @Nullable Forecast forecast, Instant now) {
    if (!crew.runs(attempt.id())) {
      return standing(attempt.waitingBefore(), forecast, now);
    }
    var place = new Standing.Place(Standing.Where.RUNNING, attempt.place());
    return new Standing(attempt.id(), place, null, null, attempt.progress());
  }

  private Standing standing(Waiting job, @Nullable Forecast forecast, Instant now) {
    long starts = crew.starting().stream().filter(other -> other.place() < job.place()).count();
    int position = (int) starts + backlog.position(job);
    var place = new Standing.Place(Standing.Where.IN_LINE, job.place());
    return new Standing(job.id(), place, position, start(position - 1, forecast, now), null);
  }

  private Standing standingParked(Waiting job, @Nullable Forecast forecast, Instant now) {
    var place = new Standing.Place(Standing.Where.PARKED, job.turn());
    return new Standing(job.id(), place, null, startOfParked(job, forecast, now), null);
  }

  /** As if it joined the line now, but not before it is due; null when it waits for another job. */
  private @Nullable Instant startOfParked(Waiting job, @Nullable Forecast forecast, Instant now) {
    @Nullable Instant due = job.dueAt();
    @Nullable Instant asLast = start(crew.starting().size() + backlog.size(), forecast, now);
    return due == null || asLast == null || asLast.isBefore(due) ? due : asLast;
  }

  /** When a job starts that so many stand before; null before the first end. */
  private @Nullable Instant start(int ahead, @Nullable Forecast forecast, Instant now) {
    return forecast == null ? null : now.plus(forecast.of(ahead)).plus(crew.untilFree(now));
  }
}
