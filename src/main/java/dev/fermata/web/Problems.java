package dev.fermata.web;

import dev.fermata.journal.JournalUnavailable;
import dev.fermata.kind.InvalidInput;
import dev.fermata.lane.KeyReused;
import dev.fermata.lane.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/** Answers everything that goes wrong in a request with a problem document. */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(Problems.class);
  private static final String RETRY = HttpHeaders.RETRY_AFTER;

  @ExceptionHandler
  ResponseEntity<ProblemDocument> rejected(Rejected rejected, HttpServletRequest request) {
    return answer(rejected.document(request.getRequestURI()), rejected.headers());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> invalid(InvalidInput invalid, HttpServletRequest request) {
    return rejected(Rejected.of(invalid), request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> refused(Refused refused, HttpServletRequest request) {
    Rejected rejected =
        switch (refused) {
          case Refused.BacklogFull full ->
              Problem.BACKLOG_FULL.because(text(full)).with(RETRY, "5");
          case Refused.OwnerQuota quota ->
              Problem.OWNER_QUOTA.because(text(quota)).with(RETRY, "5");
          case Refused.SessionQuota quota ->
              Problem.SESSION_QUOTA.because(text(quota)).with(RETRY, "5");
          case Refused.KeyInUse key ->
              Problem.IDEMPOTENCY_KEY_IN_USE.because(text(key)).with(RETRY, "1");
          case Refused.SessionBusy busy ->
              Problem.SESSION_BUSY.because(text(busy)).by(busy.holder()).with(RETRY, "1");
          case Refused.Draining draining ->
              Problem.DRAINING.because(text(draining)).with(RETRY, "10");
        };
    return rejected(rejected, request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> reused(KeyReused reused, HttpServletRequest request) {
    return rejected(Problem.IDEMPOTENCY_KEY_REUSED.because(text(reused)).by(reused.job()), request);
  }

  private static String text(Exception e) {
    String message = e.getMessage();
    return message == null ? "" : message;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> unavailable(JournalUnavailable e, HttpServletRequest request) {
    return rejected(
        Problem.STORAGE_UNAVAILABLE
            .because("Nothing can be stored now, so nothing was accepted.")
            .with(RETRY, "10"),
        request);
  }

  /** The actuator reads its parameters in the servlet's own way. */
  @ExceptionHandler
  ResponseEntity<ProblemDocument> undecodable(
      InvalidParameterException e, HttpServletRequest request) {
    return rejected(QueryString.badlyEncoded(), request);
  }

  /** The actuator reads what is accepted by itself, and fails on what it can't read. */
  @ExceptionHandler
  ResponseEntity<ProblemDocument> unreadable(
      InvalidMimeTypeException e, HttpServletRequest request) {
    return rejected(
        Problem.BAD_REQUEST.because("\"" + e.getMimeType() + "\" isn't a media type."), request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDocument> failed(
      IllegalStateException e, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    return ForeignErrors.isOfNoHealthComponent(e)
        ? rejected(
            Problem.NOT_FOUND.because("Nothing is at " + request.getRequestURI() + "."), request)
        : unexpected(e, request, response);
  }

  /** What nobody foresaw: a mistake of the server, or a client that went away. */
  @ExceptionHandler
  ResponseEntity<ProblemDocument> unexpected(
      Exception e, HttpServletRequest request, HttpServletResponse response) throws Exception {
    if (response.isCommitted() || DisconnectedClientHelper.isClientDisconnectedException(e)) {
      throw e; // so that the connection is cut, and half an answer never looks whole
    }
    log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
    response.reset();
    return answer(
        Problem.INTERNAL_ERROR.document(null, request.getRequestURI()), new HttpHeaders());
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
      return null; // nobody is there to be told
    }
    var servlet = (ServletWebRequest) request;
    Problem problem =
        e instanceof ErrorResponse error
            ? ForeignErrors.problem(error)
            : ForeignErrors.problem(status.value());
    if (problem == Problem.INTERNAL_ERROR) {
      log.error("{} {} failed", servlet.getHttpMethod(), servlet.getRequest().getRequestURI(), e);
    }
    String path = servlet.getRequest().getRequestURI();
    return ResponseEntity.status(problem.status())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem.document(detail(problem, e, path), path));
  }

  private static @Nullable String detail(Problem problem, Exception e, String path) {
    return switch (problem) {
      case NOT_FOUND -> "Nothing is at " + path + ".";
      case BAD_REQUEST,
          METHOD_NOT_ALLOWED,
          NOT_AUTHENTICATED,
          FOREIGN_HOST,
          FOREIGN_ORIGIN,
          TOO_MANY_REQUESTS ->
          e instanceof ErrorResponse error ? error.getBody().getDetail() : null;
      default -> null;
    };
  }

  private static ResponseEntity<ProblemDocument> answer(
      ProblemDocument document, HttpHeaders headers) {
    return ResponseEntity.status(document.status())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(document);
  }
}
