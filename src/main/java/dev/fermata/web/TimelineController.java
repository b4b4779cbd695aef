package dev.fermata.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Shows where the time of a job went. */
@Documents
class TimelineController {

  private final JobDocuments documents;

  TimelineController(JobDocuments documents) {
    this.documents = documents;
  }

  @GetMapping("/jobs/{id}/timeline")
  TimelineDocument timeline(@PathVariable String id, HttpServletRequest request) {
    QueryString.of(request);
    return TimelineDocument.of(documents.record(id, request));
  }
}
