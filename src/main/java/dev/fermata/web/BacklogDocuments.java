package dev.fermata.web;

import dev.fermata.job.Owner;
import dev.fermata.lane.Lanes;
import dev.fermata.lane.Standing;
import dev.fermata.lane.Standing.Where;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes documents of what waits and runs. */
@Component
final class BacklogDocuments {

  private static final long BEYOND = Long.MAX_VALUE / 2;

  private final Lanes lanes;
  private final JobDocuments documents;
  private final Clock clock;

  BacklogDocuments(Lanes lanes, JobDocuments documents, Clock clock) {
    this.lanes = lanes;
    this.documents = documents;
    this.clock = clock;
  }

  /**
   * A page of one owner's jobs, and the numbers of everybody's.
   *
   * @param lane null for all lanes
   */
  BacklogDocument page(Owner owner, @Nullable String lane, Paging paging) {
    List<Standing> line = lanes.line(owner, lane, place(paging.after()), paging.limitAndOne());
    return BacklogDocument.of(
        views(lane),
        documents.inLine(paging.page(line)),
        paging.next(line, BacklogDocuments::cursor));
  }

  /** A negative number for one that runs, and one beyond all places for one that is parked. */
  private static long cursor(Standing standing) {
    long number = standing.place().number();
    return switch (standing.place().where()) {
      case RUNNING -> -number;
      case IN_LINE -> number;
      case PARKED -> number + BEYOND;
    };
  }

  private static Standing.@Nullable Place place(@Nullable Long cursor) {
    if (cursor == null) {
      return null;
    }
    if (cursor > BEYOND) {
      return new Standing.Place(Where.PARKED, cursor - BEYOND);
    }
    return new Standing.Place(cursor > 0 ? Where.IN_LINE : Where.RUNNING, Math.abs(cursor));
  }

  private List<BacklogDocument.OneLane> views(@Nullable String lane) {
    return lanes.views().stream()
        .filter(view -> lane == null || view.lane().equals(lane))
        .map(view -> BacklogDocument.OneLane.of(view, clock.instant()))
        .toList();
  }
}
