package dev.fermata.web;

import dev.fermata.job.Owner;
import dev.fermata.lane.Lanes;
import dev.fermata.lane.Standing;
import dev.fermata.lane.Standing.Where;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows what waits and runs. */
@Documents
class BacklogController {

  private static final long BEYOND = Long.MAX_VALUE / 2;

  private final Lanes lanes;
  private final JobDocuments documents;
  private final JobFilter filter;
  private final Clock clock;

  BacklogController(Lanes lanes, JobDocuments documents, JobFilter filter, Clock clock) {
    this.lanes = lanes;
    this.documents = documents;
    this.filter = filter;
    this.clock = clock;
  }

  @GetMapping({"/backlog", "/backlog/"})
  BacklogDocument backlog(HttpServletRequest request) {
    QueryString query = QueryString.of(request, "lane", "limit", "after");
    String lane = filter.lane(query);
    Paging paging = Paging.of(query);
    Owner owner = Owners.of(request);
    List<Standing> line = lanes.line(owner, lane, place(paging.after()), paging.limitAndOne());
    return BacklogDocument.of(
        views(lane),
        documents.inLine(paging.page(line)),
        paging.next(line, BacklogController::cursor));
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
