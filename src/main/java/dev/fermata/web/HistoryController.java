package dev.fermata.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fermata.job.Owner;
import dev.fermata.journal.Jobs;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;

/** Shows how jobs have ended lately. It is counted anew at most every five seconds. */
@Documents
class HistoryController {

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Jobs jobs;
  private final Clock clock;
  private final Cache<Owner, HistoryDocument> counted =
      Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(10_000).build();

  HistoryController(Jobs jobs, Clock clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  @GetMapping("/jobs/history")
  HistoryDocument history(HttpServletRequest request) {
    QueryString.of(request);
    return counted.get(Owners.of(request), this::count);
  }

  private HistoryDocument count(Owner owner) {
    Instant since = HistoryDocument.hourBefore(clock.instant());
    return HistoryDocument.of(since, jobs.tallies(owner, since));
  }
}
