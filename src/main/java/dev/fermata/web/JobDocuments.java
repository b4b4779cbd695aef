package dev.fermata.web;

import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import dev.fermata.job.Progress;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.Jobs;
import dev.fermata.lane.Acceptance;
import dev.fermata.lane.Lanes;
import dev.fermata.lane.Standing;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.util.RawValue;

/** Makes job documents from what the journal has and where the jobs stand in their lanes. */
@Component
final class JobDocuments {

  private final Jobs jobs;
  private final Lanes lanes;
  private final Duration kept;

  JobDocuments(Jobs jobs, Lanes lanes, WebSettings settings) {
    this.jobs = jobs;
    this.lanes = lanes;
    this.kept = settings.kept();
  }

  /**
   * The record of a job that a client names, or the problem that there is none, or none any more.
   * Somebody else's does not exist.
   */
  JobRecord record(String id, HttpServletRequest request) {
    JobId known =
        JobId.parse(id)
            .orElseThrow(() -> Problem.UNKNOWN_JOB.because("\"" + id + "\" isn't a job's id."));
    Owner owner = Owners.of(request);
    return jobs.find(known)
        .filter(record -> record.job().submission().owner().equals(owner))
        .orElseThrow(() -> missing(known, owner));
  }

  private Rejected missing(JobId id, Owner owner) {
    return jobs.purged(id).filter(owner::equals).isPresent()
        ? gone(id)
        : Problem.UNKNOWN_JOB.because("There is no job " + id + ".");
  }

  private static Rejected gone(JobId id) {
    return Problem.GONE.because("Job " + id + " has been removed.");
  }

  /** The record of a job that was there, whoever asks. */
  JobRecord record(JobId id) {
    return jobs.find(id).orElseThrow(() -> gone(id));
  }

  /** The record of a job that a client names because of its files. */
  JobRecord recordWithFiles(String id, HttpServletRequest request) {
    JobRecord record = record(id, request);
    if (record.filesRemovedAt() != null) {
      throw filesGone(record);
    }
    return record;
  }

  /** Nobody can read them any more. */
  static Rejected filesGone(JobRecord record) {
    return Problem.GONE.because("The files of job " + record.job().id() + " have been removed.");
  }

  JobDocument document(JobId id) {
    // First where it stands: a job that starts in between then shows as running, not as nowhere.
    Optional<Standing> standing = lanes.standing(id);
    return document(record(id), standing.orElse(null));
  }

  /** A job as it was accepted a moment ago: nothing is read back for it. */
  static JobDocument accepted(Acceptance acceptance) {
    return document(JobRecord.accepted(acceptance.job()), acceptance.standing(), null);
  }

  /** Documents without inputs and results, for lists. */
  List<JobDocument> documents(List<JobRecord> records) {
    return records.stream().map(record -> document(record, standing(record).orElse(null))).toList();
  }

  /** The unfinished jobs at these places in line, in their order. */
  List<JobDocument> inLine(List<Standing> line) {
    Map<JobId, Standing> places =
        line.stream().collect(Collectors.toMap(Standing::id, Function.identity()));
    return jobs.findAll(line.stream().map(Standing::id).toList()).stream()
        .filter(record -> !record.status().finished())
        .map(record -> document(record, places.get(record.job().id())))
        .toList();
  }

  private Optional<Standing> standing(JobRecord record) {
    return record.status().finished() ? Optional.empty() : lanes.standing(record.job().id());
  }

  private JobDocument document(JobRecord record, @Nullable Standing standing) {
    Instant end = record.finishedAt();
    return document(record, standing, end == null ? null : end.plus(kept));
  }

  private static JobDocument document(
      JobRecord record, @Nullable Standing standing, @Nullable Instant expiresAt) {
    Job job = record.job();
    Standing place = record.status() == Status.QUEUED ? standing : null;
    Reason reason = record.reason();
    return new JobDocument(
        job.id().toString(),
        job.submission().kind(),
        job.submission().lane(),
        name(job.submission().session()),
        record.status().word(),
        reason == null ? null : reason.word(),
        record.message(),
        record.attempt(),
        place == null ? null : place.position(),
        place == null ? null : place.estimatedStartAt(),
        job.submittedAt(),
        record.startedAt(),
        record.finishedAt(),
        record.returnCode(),
        progress(record, standing),
        job.submission().inputs(),
        result(record.result()),
        record.warnings(),
        record.lastEvent() == 0 ? null : record.lastEvent(),
        record.status().finished(),
        expiresAt,
        JobDocument.Links.of(job.id(), name(job.submission().session())));
  }

  private static @Nullable String name(@Nullable SessionId session) {
    return session == null ? null : session.name();
  }

  private static @Nullable Progress progress(JobRecord record, @Nullable Standing standing) {
    return record.progress() != null || standing == null || record.status().finished()
        ? record.progress()
        : standing.progress();
  }

  /** A long result is null in the document and served at its own address only. */
  private static @Nullable Object result(@Nullable Result result) {
    if (result == null || result.text() == null) {
      return null;
    }
    return result.mediaType().equals(Result.JSON) ? new RawValue(result.text()) : result.text();
  }
}
