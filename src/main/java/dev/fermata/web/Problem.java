package dev.fermata.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Every sort of error that a client can get, with what it means and what to do about it. */
enum Problem {
  BAD_REQUEST(
      HttpStatus.BAD_REQUEST,
      "Bad request",
      "The request isn't valid HTTP, or its address holds characters that must be escaped.",
      "Percent-encode what the address holds, and look at what your client really sends."),
  MALFORMED_JSON(
      HttpStatus.BAD_REQUEST,
      "Malformed JSON",
      "The body says that it is JSON and isn't.",
      "Mend it at the line and column that the detail names."),
  BAD_PREFERENCE(
      HttpStatus.BAD_REQUEST,
      "Bad preference",
      "The Prefer header asks for a wait that is not a whole number of seconds.",
      "Send Prefer: wait=N with N from 0 to 300."),
  BAD_CURSOR(
      HttpStatus.BAD_REQUEST,
      "Bad cursor",
      "The request asks for the events after one that the job doesn't have.",
      "Send the id of the last event that you got, or none to get all events."),
  BAD_IDEMPOTENCY_KEY(
      HttpStatus.BAD_REQUEST,
      "Bad idempotency key",
      "The Idempotency-Key header can't be used as a key.",
      "Send it once, with 1 to 255 visible ASCII characters, such as a UUID; or leave it out."),
  NOT_AUTHENTICATED(
      HttpStatus.UNAUTHORIZED,
      "Not authenticated",
      "This server wants a key and got none that holds.",
      "Send the header Authorization: Bearer KEY; whoever runs this server hands out keys."),
  FOREIGN_HOST(
      HttpStatus.FORBIDDEN,
      "Foreign host",
      "The request calls this server by a name that isn't its own, as a web page from elsewhere could.",
      "Call it localhost or by its IP address; whoever runs it can add names to fermata.security.hosts."),
  FOREIGN_ORIGIN(
      HttpStatus.FORBIDDEN,
      "Foreign origin",
      "The request comes from a web page of another site, which may change nothing here.",
      "Send it from a page of this server, or from a program that is no browser."),
  NOT_FOUND(
      HttpStatus.NOT_FOUND,
      "Not found",
      "Nothing has this address.",
      "GET / lists every address of this server."),
  UNKNOWN_JOB(
      HttpStatus.NOT_FOUND,
      "Unknown job",
      "There is no job of this id.",
      "Take the id from the answer to the submission, or look into GET /jobs."),
  UNKNOWN_FILE(
      HttpStatus.NOT_FOUND,
      "Unknown file",
      "The experiment directory has no regular file of this name.",
      "GET /jobs/{id}/files lists those that there are."),
  UNKNOWN_SESSION(
      HttpStatus.NOT_FOUND,
      "Unknown session",
      "Nothing has been saved in a session of this id.",
      "GET /sessions lists those that there are; a first message or a PUT creates one."),
  METHOD_NOT_ALLOWED(
      HttpStatus.METHOD_NOT_ALLOWED,
      "Method not allowed",
      "This address doesn't answer this method.",
      "Use one of the methods that the Allow header names."),
  NOT_ACCEPTABLE(
      HttpStatus.NOT_ACCEPTABLE,
      "Not acceptable",
      "The answer can't be had in any media type that the Accept header names.",
      "Ask for application/json or text/plain, or send no Accept header."),
  RESULT_NOT_READY(
      HttpStatus.CONFLICT,
      "Result not ready",
      "The job hasn't ended yet.",
      "Ask again after the seconds that Retry-After names."),
  JOB_FAILED(
      HttpStatus.CONFLICT,
      "Job failed",
      "There is no result: the job went wrong.",
      "The job document says why; its files may tell more. POST /jobs/{id}/rerun tries again."),
  JOB_CANCELLED(
      HttpStatus.CONFLICT,
      "Job cancelled",
      "There is no result: the job was cancelled.",
      "POST /jobs/{id}/rerun runs it again."),
  JOB_TIMED_OUT(
      HttpStatus.CONFLICT,
      "Job timed out",
      "There is no result: the job ran longer than it may.",
      "Make the query smaller, or ask whoever runs this server for a longer timeout."),
  JOB_LOST(
      HttpStatus.CONFLICT,
      "Job lost",
      "There is no result: the server died while this job ran, too often to try again.",
      "Tell whoever runs this server; POST /jobs/{id}/rerun tries again."),
  JOB_ALREADY_FINISHED(
      HttpStatus.CONFLICT,
      "Job already finished",
      "A job that has ended can't be cancelled.",
      "Nothing needs to be done. DELETE /jobs/{id}?purge=true removes it and its files."),
  JOB_NOT_FINISHED(
      HttpStatus.CONFLICT,
      "Job not finished",
      "Only a job that has ended can be removed.",
      "Cancel it first, with Prefer: wait=N, then remove it."),
  SESSION_BUSY(
      HttpStatus.CONFLICT,
      "Session busy",
      "The session has a job, and the request asked to be refused then (onBusy: reject).",
      "Send it again once the job that the member job names has ended, or with another onBusy."),
  SESSION_IN_USE(
      HttpStatus.CONFLICT,
      "Session in use",
      "A session can't be changed or removed while a job works on it or waits for it, nor changed while somebody removes it.",
      "Cancel the job that the member job names, or wait for its end; then send this again. Without that member, send it again after the seconds that Retry-After names."),
  IDEMPOTENCY_KEY_IN_USE(
      HttpStatus.CONFLICT,
      "Idempotency key in use",
      "The first request with this Idempotency-Key is still being stored.",
      "Send the same request again after the seconds that Retry-After names."),
  GONE(
      HttpStatus.GONE,
      "Gone",
      "This was here and has been removed for good.",
      "Submit the query again if you still need it."),
  TOO_LARGE(
      HttpStatus.CONTENT_TOO_LARGE,
      "Too large",
      "The body is larger than this server accepts.",
      "Send less; whoever runs this server can raise fermata.max-body."),
  UNSUPPORTED_MEDIA_TYPE(
      HttpStatus.UNSUPPORTED_MEDIA_TYPE,
      "Unsupported media type",
      "The body is of a media type that this address doesn't take.",
      "Use one of those that the Accept-Post or the Accept header names."),
  RANGE_NOT_SATISFIABLE(
      HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
      "Range not satisfiable",
      "The file is shorter than the range that was asked for.",
      "The Content-Range header names the length of the file."),
  INVALID_INPUT(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Invalid input",
      "The kind of query doesn't accept these inputs.",
      "The errors name each input and what is wrong; GET /kinds/{name} describes them."),
  INVALID_PARAMETER(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Invalid parameter",
      "A field, an option or a query parameter is unknown or has a bad value.",
      "The errors name each, and the nearest name that there is."),
  INVALID_SESSION_ID(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Invalid session id",
      "No session can have this id.",
      "Use 1 to 128 of the letters A to Z and a to z, digits and . _ : - but neither . nor .. alone."),
  UNKNOWN_KIND(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Unknown kind",
      "This server has no such kind of query, or none was named.",
      "GET /kinds lists them."),
  IDEMPOTENCY_KEY_REUSED(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Idempotency key reused",
      "This Idempotency-Key came with another request before: method, address or body differ.",
      "Use a new key for a new request; the member job names the job that the key stands for."),
  OWNER_QUOTA(
      HttpStatus.TOO_MANY_REQUESTS,
      "Owner quota",
      "As many of your jobs wait as one client may have waiting.",
      "Send the same request again after the seconds that Retry-After names, or cancel some."),
  SESSION_QUOTA(
      HttpStatus.TOO_MANY_REQUESTS,
      "Session quota",
      "As many jobs wait for this session as may.",
      "Send the same request again after the seconds that Retry-After names, or cancel some."),
  TOO_MANY_REQUESTS(
      HttpStatus.TOO_MANY_REQUESTS,
      "Too many requests",
      "Requests come faster than this server takes them from one client.",
      "Send the same request again after the seconds that Retry-After names."),
  INTERNAL_ERROR(
      HttpStatus.INTERNAL_SERVER_ERROR,
      "Internal error",
      "The server made a mistake; its log says which.",
      "Tell whoever runs this server when it happened."),
  BACKLOG_FULL(
      HttpStatus.SERVICE_UNAVAILABLE,
      "Backlog full",
      "As many jobs wait as the lane may hold.",
      "Send the same request again after the seconds that Retry-After names."),
  TOO_MANY_WATCHERS(
      HttpStatus.SERVICE_UNAVAILABLE,
      "Too many watchers",
      "As many clients wait for jobs or follow them as this server lets in; nothing was accepted.",
      "Send the request again later, or without Prefer: wait and without a stream: then look at the"
          + " job every now and then."),
  TOO_MANY_BODIES(
      HttpStatus.SERVICE_UNAVAILABLE,
      "Too many bodies",
      "The requests that are being read take as much memory as this server gives them; nothing was"
          + " accepted.",
      "Send the request again in a moment."),
  DRAINING(
      HttpStatus.SERVICE_UNAVAILABLE,
      "Draining",
      "The server is stopping and takes no more jobs.",
      "Send the same request again once the server is back."),
  STORAGE_UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "Storage unavailable",
      "The server can't store anything now, so it accepts nothing.",
      "Send the same request again later; the server goes on once there is space."),
  KIND_UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "Kind unavailable",
      "Jobs of this kind can't run on this server now.",
      "The detail says what is missing; GET /kinds lists the kinds that are available.");

  private final HttpStatus status;
  private final String title;
  private final String meaning;
  private final String remedy;
  private final String slug = name().toLowerCase(Locale.ROOT).replace('_', '-');

  Problem(HttpStatus status, String title, String meaning, String remedy) {
    this.status = status;
    this.title = title;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  static Optional<Problem> of(String slug) {
    return Arrays.stream(values()).filter(problem -> problem.slug.equals(slug)).findFirst();
  }

  HttpStatus status() {
    return status;
  }

  String title() {
    return title;
  }

  String meaning() {
    return meaning;
  }

  String remedy() {
    return remedy;
  }

  String slug() {
    return slug;
  }

  String type() {
    return "/problems/" + slug;
  }

  /** The exception that answers a request with this problem. */
  Rejected because(String detail) {
    return new Rejected(this, detail, List.of());
  }

  /** The same, for one thing that is wrong at a place in the body. */
  Rejected at(String pointer, String detail) {
    return new Rejected(this, detail, List.of(new Rejected.Fault(pointer, detail)));
  }

  ProblemDocument document(@Nullable String detail, @Nullable String instance) {
    return new ProblemDocument(
        type(),
        title,
        status.value(),
        detail == null ? meaning : detail,
        instance,
        null,
        List.of());
  }
}
