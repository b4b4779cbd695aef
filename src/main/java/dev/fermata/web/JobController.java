package dev.fermata.web;

import dev.fermata.job.Job;
import dev.fermata.job.OnDisconnect;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.Jobs;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import tools.jackson.databind.json.JsonMapper;

/** Shows jobs. */
@Documents
class JobController {

  private final Jobs jobs;
  private final JobDocuments documents;
  private final JobFilter filter;
  private final Waits waits;
  private final JsonMapper json;

  JobController(Jobs jobs, JobDocuments documents, JobFilter filter, Waits waits, JsonMapper json) {
    this.jobs = jobs;
    this.documents = documents;
    this.filter = filter;
    this.waits = waits;
    this.json = json;
  }

  @GetMapping("/jobs")
  JobPage list(HttpServletRequest request) {
    var query = QueryString.of(request, "status", "kind", "session", "lane", "limit", "after");
    Paging paging = Paging.of(query);
    List<JobRecord> found =
        jobs.page(
            filter.read(query, Owners.of(request)),
            paging.afterOr(Long.MAX_VALUE),
            paging.limitAndOne());
    return new JobPage(
        documents.documents(paging.page(found)), paging.next(found, record -> record.job().seq()));
  }

  @GetMapping("/jobs/{id}")
  ResponseEntity<JobDocument> one(@PathVariable String id, HttpServletRequest request)
      throws InterruptedException {
    QueryString query = QueryString.of(request, Disconnects.ON_DISCONNECT, Disconnects.GRACE);
    Optional<Duration> wait = Preference.wait(request);
    Job job = documents.record(id, request).job();
    OnDisconnect wish =
        Disconnects.of(query.each(), wait.isPresent(), job.submission().onDisconnect());
    var answer = ResponseEntity.ok();
    if (wait.isPresent()) {
      waits.awaitEnd(job.id(), wait.get(), wish, request);
      answer.header(Preference.APPLIED, Preference.applied(wait.get()));
    }
    JobDocument document = documents.document(job.id());
    // An estimate is no part of the state: it moves with the clock.
    String tag = Tag.of(document.withoutEstimate(), json);
    return answer.eTag(tag).varyBy(HttpHeaders.ACCEPT).body(document);
  }
}
