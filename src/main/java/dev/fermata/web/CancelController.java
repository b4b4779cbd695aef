package dev.fermata.web;

import dev.fermata.job.JobId;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.Jobs;
import dev.fermata.lane.CancelAnswer;
import dev.fermata.lane.Lanes;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Stops jobs. */
@Documents
class CancelController {

  /** How many jobs were asked to stop, or would be. */
  record Count(int count) implements Spoken {
    @Override
    public String line() {
      return count == 1 ? "1 job." : count + " jobs.";
    }
  }

  private final Lanes lanes;
  private final Jobs jobs;
  private final JobDocuments documents;
  private final JobFilter filter;
  private final Purge purge;

  CancelController(Lanes lanes, Jobs jobs, JobDocuments documents, JobFilter filter, Purge purge) {
    this.lanes = lanes;
    this.jobs = jobs;
    this.documents = documents;
    this.filter = filter;
    this.purge = purge;
  }

  @PostMapping("/jobs/{id}/cancel")
  ResponseEntity<JobDocument> cancel(@PathVariable String id, HttpServletRequest request)
      throws InterruptedException {
    QueryString.of(request);
    return cancel(documents.record(id, request).job().id(), Preference.wait(request));
  }

  /** Cancels a job, or with {@code purge} removes a finished one. */
  @DeleteMapping("/jobs/{id}")
  ResponseEntity<JobDocument> delete(@PathVariable String id, HttpServletRequest request)
      throws InterruptedException {
    if (QueryString.of(request, "purge").flag("purge")) {
      purge.remove(documents.record(id, request));
      return ResponseEntity.noContent().build();
    }
    return cancel(documents.record(id, request).job().id(), Preference.wait(request));
  }

  @PostMapping("/jobs/cancel")
  Count cancelAll(HttpServletRequest request) {
    QueryString query = QueryString.of(request, "session", "kind", "lane", "status", "dryRun");
    boolean dryRun = query.flag("dryRun");
    if (query.hasNothingBut("dryRun")) {
      throw Problem.INVALID_PARAMETER.because(
          "Name at least one of session, kind, lane and status; there is no way to cancel everything.");
    }
    Jobs.Filter chosen = filter.read(query, Owners.of(request));
    return new Count(
        dryRun
            ? jobs.countUnfinished(chosen)
            : lanes.cancelAll(jobs.unfinished(chosen), Reason.CLIENT_REQUEST));
  }

  private ResponseEntity<JobDocument> cancel(JobId id, Optional<Duration> wait)
      throws InterruptedException {
    HttpStatus status =
        switch (lanes.cancel(id, Reason.CLIENT_REQUEST)) {
          case CancelAnswer.Cancelled() -> HttpStatus.OK;
          case CancelAnswer.NotInLine() -> alreadyCancelled(id);
          case CancelAnswer.Cancelling(CompletableFuture<Void> ended) ->
              wait.isPresent() && endsWithin(wait.get(), ended)
                  ? HttpStatus.OK
                  : HttpStatus.ACCEPTED;
        };
    var answer = ResponseEntity.status(status);
    wait.ifPresent(it -> answer.header(Preference.APPLIED, Preference.applied(it)));
    if (status == HttpStatus.ACCEPTED) {
      answer.header(HttpHeaders.RETRY_AFTER, "1");
    }
    return answer.body(documents.document(id));
  }

  private HttpStatus alreadyCancelled(JobId id) {
    JobRecord record = documents.record(id);
    if (record.status() != Status.CANCELLED) {
      throw Problem.JOB_ALREADY_FINISHED.because(
          "Job " + id + " has ended: " + record.status().word() + ".");
    }
    return HttpStatus.OK;
  }

  private static boolean endsWithin(Duration wait, CompletableFuture<Void> ended)
      throws InterruptedException {
    try {
      ended.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false; // it goes on, or its end can't be stored now: the document says which
    }
  }
}
