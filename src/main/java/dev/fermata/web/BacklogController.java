package dev.fermata.web;

import dev.fermata.lane.Lanes;
import dev.fermata.lane.Standing;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows what waits and runs. */
@Documents
class BacklogController {

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
    List<Standing> line = lanes.line(lane, place(paging.after()), paging.limitAndOne());
    return BacklogDocument.of(
        views(lane),
        documents.inLine(paging.page(line), Owners.of(request)),
        paging.next(line, BacklogController::cursor));
  }

  /** The running ones come first, whatever their number: a negative number tells them apart. */
  private static long cursor(Standing standing) {
    long number = standing.place().number();
    return standing.place().waiting() ? number : -number;
  }

  private static Standing.@Nullable Place place(@Nullable Long cursor) {
    return cursor == null ? null : new Standing.Place(cursor > 0, Math.abs(cursor));
  }

  private List<BacklogDocument.OneLane> views(@Nullable String lane) {
    return lanes.views().stream()
        .filter(view -> lane == null || view.lane().equals(lane))
        .map(view -> BacklogDocument.OneLane.of(view, clock.instant()))
        .toList();
  }
}
