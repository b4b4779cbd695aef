package dev.fermata.web;

import dev.fermata.journal.JobRecord;
import dev.fermata.journal.Jobs;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
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
  private final JsonMapper json;

  JobController(Jobs jobs, JobDocuments documents, JobFilter filter, JsonMapper json) {
    this.jobs = jobs;
    this.documents = documents;
    this.filter = filter;
    this.json = json;
  }

  @GetMapping("/jobs")
  JobPage list(HttpServletRequest request) {
    var query = QueryString.of(request, "status", "kind", "session", "lane", "limit", "after");
    Paging paging = Paging.of(query);
    List<JobRecord> found =
        jobs.page(filter.read(query), paging.afterOr(Long.MAX_VALUE), paging.limitAndOne());
    return new JobPage(
        documents.documents(paging.page(found)), paging.next(found, record -> record.job().seq()));
  }

  @GetMapping("/jobs/{id}")
  ResponseEntity<JobDocument> one(@PathVariable String id, HttpServletRequest request) {
    QueryString.of(request);
    if (Preference.wait(request).isPresent()) {
      throw Problem.OPTION_NOT_SUPPORTED.because("Prefer: wait isn't supported here yet.");
    }
    JobDocument document = documents.document(id);
    // An estimate is no part of the state: it moves with the clock.
    String tag = Tag.of(document.withoutEstimate(), json);
    return ResponseEntity.ok().eTag(tag).varyBy(HttpHeaders.ACCEPT).body(document);
  }
}
