package dev.fermata.web;

import dev.fermata.lane.Lanes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Takes queries in. */
@Documents
class SubmitController {

  private static final String JSON = MediaType.APPLICATION_JSON_VALUE;
  private static final String TEXT = MediaType.TEXT_PLAIN_VALUE;
  private static final String SSE = MediaType.TEXT_EVENT_STREAM_VALUE;
  private static final String NDJSON = MediaType.APPLICATION_NDJSON_VALUE;

  private final SubmissionReader reader;
  private final MessageReader messages;
  private final Offers offers;
  private final Submissions submissions;
  private final Lanes lanes;
  private final JobDocuments documents;
  private final Answers answers;
  private final String defaultKind;

  SubmitController(
      SubmissionReader reader,
      MessageReader messages,
      Offers offers,
      Submissions submissions,
      Lanes lanes,
      JobDocuments documents,
      Answers answers,
      WebSettings settings) {
    this.reader = reader;
    this.messages = messages;
    this.offers = offers;
    this.submissions = submissions;
    this.lanes = lanes;
    this.documents = documents;
    this.answers = answers;
    this.defaultKind = settings.defaultKind();
  }

  @PostMapping(
      path = "/jobs",
      produces = {JSON, TEXT, SSE, NDJSON})
  @Nullable JobDocument submit(HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    Taken job = submissions.take(request, body -> reader.read(body, request, null));
    return answers.answer(job, request, response);
  }

  @PostMapping(
      path = "/jobs/{id}/rerun",
      produces = {JSON, TEXT, SSE, NDJSON})
  @Nullable JobDocument rerun(
      @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    Taken job = submissions.take(request, body -> again(id, request));
    return answers.answer(job, request, response);
  }

  private Offer again(String id, HttpServletRequest request) {
    QueryString.of(request);
    return offers.again(documents.record(id, request).job().submission(), request);
  }

  /** A chat turn. */
  @PostMapping(
      path = "/sessions/{id}/messages",
      produces = {JSON, TEXT, SSE, NDJSON})
  @Nullable JobDocument say(
      @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    Taken job =
        submissions.take(
            request, body -> messages.read(body, request, SessionIds.inPath(id, request)));
    return answers.answer(job, request, response);
  }

  /** Who waits gets the job, since the short form tells only how it began. */
  @PostMapping(
      path = "/",
      produces = {JSON, TEXT, SSE, NDJSON})
  @Nullable Spoken submitShort(HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    Taken job = submissions.take(request, body -> reader.read(body, request, defaultKind));
    JobDocument document = answers.answer(job, request, response);
    return document == null || Answers.waits(request)
        ? document
        : ShortForm.of(document, length(document.lane()));
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
