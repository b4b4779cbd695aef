package dev.fermata.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what waits and runs, now or as it changes. */
@RestController
class BacklogController {

  private final BacklogDocuments documents;
  private final BacklogStreams streams;
  private final JobFilter filter;

  BacklogController(BacklogDocuments documents, BacklogStreams streams, JobFilter filter) {
    this.documents = documents;
    this.streams = streams;
    this.filter = filter;
  }

  @GetMapping(
      path = {"/backlog", "/backlog/"},
      produces = {
        MediaType.APPLICATION_JSON_VALUE,
        MediaType.TEXT_PLAIN_VALUE,
        MediaType.TEXT_EVENT_STREAM_VALUE
      })
  @Nullable BacklogDocument backlog(HttpServletRequest request, HttpServletResponse response) {
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    if (Answers.stream(request).isPresent()) {
      QueryString.of(request); // a stream begins at the head of all lanes
      streams.send(request, response);
      return null;
    }
    QueryString query = QueryString.of(request, "lane", "limit", "after");
    return documents.page(Owners.of(request), filter.lane(query), Paging.of(query));
  }
}
