package dev.fermata.lane;

import dev.fermata.job.JobId;
import dev.fermata.job.Progress;
import dev.fermata.job.SessionId;
import dev.fermata.job.Traceparent;
import dev.fermata.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One start of a job, from the moment a worker takes it until its end is durable. */
final class Attempt {

  private final Backlog.Waiting job;
  private final Instant startedAt;
  private final Reports reports;
  private final CancelToken token = new CancelToken();
  private final AtomicReference<@Nullable Progress> progress = new AtomicReference<>();
  private final AtomicReference<@Nullable Session> opened = new AtomicReference<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Traceparent> traceparent = new AtomicReference<>();
  private final Map<Milestone, Instant> reached = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  Attempt(Backlog.Waiting job, Instant startedAt, Reports reports) {
    this.job = job;
    this.startedAt = startedAt;
    this.reports = reports;
  }

  /** Counts the starts of a job, the one that comes next included. */
  static int next(Backlog.Waiting job) {
    return job.attempt() + 1;
  }

  JobId id() {
    return job.id();
  }

  long place() {
    return job.place();
  }

  /** The state that the job works on; null for none. */
  @Nullable SessionId session() {
    return job.session();
  }

  /** Counts the starts of the job, this one included. */
  int number() {
    return next(job);
  }

  /** The job as it waited before this attempt. */
  Backlog.Waiting waitingBefore() {
    return job;
  }

  /** The job as it waits after this attempt was handed back. */
  Backlog.Waiting waitingAfter() {
    return waitingUntil(null);
  }

  /** The job as it waits after this attempt failed. */
  Backlog.Waiting waitingUntil(@Nullable Instant dueAt) {
    return new Backlog.Waiting(
        job.id(),
        job.kind(),
        job.lane(),
        job.turn(),
        job.place(),
        job.owner(),
        job.session(),
        number(),
        job.submittedAt(),
        job.since(),
        dueAt);
  }

  Instant startedAt() {
    return startedAt;
  }

  CancelToken token() {
    return token;
  }

  Reports reports() {
    return reports;
  }

  /** The trace that the job belongs to; null for none, and before its worker has read it. */
  @Nullable Traceparent traceparent() {
    return traceparent.get();
  }

  void belongsTo(@Nullable Traceparent trace) {
    traceparent.set(trace);
  }

  /** The first time counts. */
  void reached(Milestone milestone, Instant now) {
    reached.putIfAbsent(milestone, now);
  }

  /** Null before. */
  @Nullable Instant at(Milestone milestone) {
    return reached.get(milestone);
  }

  /** The session was opened for this attempt. */
  void opened(Session session) {
    opened.set(session);
  }

  /** Null when the job works on none, or when it was not opened. */
  @Nullable Session opened() {
    return opened.get();
  }

  void progress(Progress made) {
    progress.set(made);
  }

  @Nullable Progress progress() {
    return progress.get();
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Completes when the end of this attempt is durable. */
  CompletableFuture<Void> ended() {
    return ended;
  }
}
