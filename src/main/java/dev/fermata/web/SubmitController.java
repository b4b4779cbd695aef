package dev.fermata.web;

import dev.fermata.lane.Lanes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Takes queries in. */
@Documents
class SubmitController {

  private final SubmissionReader reader;
  private final MessageReader messages;
  private final Offers offers;
  private final Lanes lanes;
  private final JobDocuments documents;
  private final String defaultKind;

  SubmitController(
      SubmissionReader reader,
      MessageReader messages,
      Offers offers,
      Lanes lanes,
      JobDocuments documents,
      WebSettings settings) {
    this.reader = reader;
    this.messages = messages;
    this.offers = offers;
    this.lanes = lanes;
    this.documents = documents;
    this.defaultKind = settings.defaultKind();
  }

  @PostMapping("/jobs")
  JobDocument submit(HttpServletRequest request, HttpServletResponse response) {
    return submit(reader.read(request, null), response);
  }

  @PostMapping("/jobs/{id}/rerun")
  JobDocument rerun(
      @PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
    QueryString.of(request);
    return submit(offers.again(documents.record(id).job().submission(), request), response);
  }

  /** A chat turn. */
  @PostMapping("/sessions/{id}/messages")
  JobDocument say(
      @PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
    return submit(messages.read(request, SessionIds.inPath(id, request)), response);
  }

  @PostMapping("/")
  ShortForm submitShort(HttpServletRequest request, HttpServletResponse response) {
    JobDocument document = submit(reader.read(request, defaultKind), response);
    return ShortForm.of(document, length(document.lane()));
  }

  /**
   * Not by a ResponseEntity, which would be flushed early and so cost each answer a second write.
   */
  private JobDocument submit(Offer offer, HttpServletResponse response) {
    JobDocument document = JobDocuments.accepted(lanes.submit(offer.submission(), offer.onBusy()));
    response.setStatus(HttpServletResponse.SC_ACCEPTED);
    response.setHeader(HttpHeaders.LOCATION, document.links().self());
    response.setHeader(HttpHeaders.RETRY_AFTER, "1");
    return document;
  }

  /** Counts the new job, even if it has ended by now. */
  private int length(String lane) {
    int now =
        lanes.views().stream()
            .filter(view -> view.lane().equals(lane))
            .mapToInt(view -> view.waiting() + view.running())
            .sum();
    return Math.max(1, now);
  }
}
