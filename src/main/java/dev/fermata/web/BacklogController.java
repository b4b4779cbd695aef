package dev.fermata.web;

import dev.fermata.job.Owner;
import dev.fermata.journal.Jobs;
import dev.fermata.lane.Lanes;
import dev.fermata.lane.Standing;
import dev.fermata.lane.Standing.Where;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows what waits and runs. */
@Documents
class BacklogController {

  private static final long BEYOND = Long.MAX_VALUE / 2;

  private final Lanes lanes;
  private final Jobs jobs;
  private final JobDocuments documents;
  private final JobFilter filter;
  private final Clock clock;

  BacklogController(Lanes lanes, Jobs jobs, JobDocuments documents, JobFilter filter, Clock clock) {
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

  /**
   * Where all are nobody's the line is read as it is; the jobs of one owner are looked up in it.
   */
  private List<Standing> line(
      Owner owner, @Nullable String lane, Standing.@Nullable Place after, int limit) {
    if (owner.equals(Owner.NOBODY)) {
      return lanes.line(lane, after, limit);
    }
    var own = new Jobs.Filter(Set.of(), null, null, null, owner);
    return lanes.line(jobs.unfinished(own), lane, after, limit);
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
