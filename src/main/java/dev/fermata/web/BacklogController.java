package dev.fermata.web;

import dev.fermata.job.Owner;
import dev.fermata.journal.Jobs;
import dev.fermata.lane.Lanes;
import dev.fermata.lane.Standing;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows what waits and runs. */
@Documents
class BacklogController {

  private final Lanes lanes;
  private final Jobs jobs;
  private final JobDocuments documents;
  private final JobFilter filter;
  private final Clock clock;

  BacklogController(
      Lanes lanes, Jobs jobs, JobDocuments documents, JobFilter filter, Clock clock) {
    this.lanes = lanes;
    this.jobs = jobs;
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
    List<Standing> line = line(owner, lane, place(paging.after()), paging.limitAndOne());
    return BacklogDocument.of(
        views(lane),
        documents.inLine(paging.page(line), owner),
        paging.next(line, BacklogController::cursor));
  }

  /** Where all are nobody's the line is read as it is; the jobs of one owner are looked up in it. */
  private List<Standing> line(
      Owner owner, @Nullable String lane, Standing.@Nullable Place after, int limit) {
    if (owner.equals(Owner.NOBODY)) {
      return lanes.line(lane, after, limit);
    }
    var own = new Jobs.Filter(Set.of(), null, null, null, owner);
    return lanes.line(jobs.unfinished(own), lane, after, limit);
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
