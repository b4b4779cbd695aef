package dev.fermata.journal;

import dev.fermata.job.Event;
import dev.fermata.job.Event.Ended;
import dev.fermata.job.Event.StatusChanged;
import dev.fermata.job.Event.What;
import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.Fact.Crashed;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.Joined;
import dev.fermata.job.Fact.Purged;
import dev.fermata.job.Fact.Reported;
import dev.fermata.job.Fact.Retried;
import dev.fermata.job.Fact.Spawned;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.Job;
import dev.fermata.job.Outcome;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.job.SessionId;
import dev.fermata.job.Status;
import dev.fermata.job.Submission;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One job of a {@link MemoryJournal}: what the facts about it add up to. */
record MemoryJob(
    JobRecord record,
    long turn,
    long place,
    @Nullable Instant dueAt,
    int crashes,
    @Nullable ProcessGroup group,
    List<Event> events,
    MemoryRemains remains) {

  MemoryJob {
    events = List.copyOf(events);
  }

  static MemoryJob accepted(Accepted fact) {
    Job job = fact.job();
    @Nullable Instant dueAt = job.submission().notBefore();
    var none =
        new MemoryJob(
            JobRecord.accepted(job),
            fact.place(),
            fact.place(),
            dueAt,
            0,
            null,
            List.of(),
            MemoryRemains.ALL);
    return none.saying(job.submittedAt(), new StatusChanged(Status.QUEUED, null, 0));
  }

  Status status() {
    return record.status();
  }

  /** What a fact makes of it; null when it does not follow. */
  @Nullable MemoryJob after(Fact.OfJob fact) {
    return follows(fact) ? following(fact) : null;
  }

  private boolean follows(Fact.OfJob fact) {
    int now = record.attempt();
    boolean running = status() == Status.RUNNING;
    boolean runs = running || status() == Status.CANCELLING;
    return switch (fact) {
      case Accepted accepted -> false;
      case Started started -> status() == Status.QUEUED && started.attempt() == now + 1;
      case Spawned spawned -> runs && spawned.attempt() == now;
      case Reported reported -> runs && reported.attempt() == now;
      case CancelAsked asked -> runs;
      case HandedBack back -> running && back.attempt() == now;
      case Crashed crashed -> running && crashed.attempt() == now;
      case Retried retried -> running && retried.attempt() == now;
      case Joined joined -> status() == Status.QUEUED;
      case Finished finished -> (runs || leavesTheLine(finished)) && finished.attempt() == now;
      case Purged purged -> status().finished();
      case Fact.OfEnded ofEnded ->
          status().finished() && remains.follows(ofEnded, events.getLast().number());
    };
  }

  /** A job in line ends only by being cancelled there. */
  private boolean leavesTheLine(Finished fact) {
    return status() == Status.QUEUED && fact.outcome() instanceof Outcome.Cancelled;
  }

  private MemoryJob following(Fact.OfJob fact) {
    int now = record.attempt();
    return switch (fact) {
      case Accepted accepted -> throw new AssertionError(accepted);
      case Started(var id, int attempt, Instant at) ->
          with(Status.RUNNING, null, attempt, at)
              .saying(at, new StatusChanged(Status.RUNNING, null, attempt));
      case Spawned spawned ->
          new MemoryJob(record, turn, place, dueAt, crashes, spawned.group(), events, remains);
      case Reported reported -> saying(reported.at(), reported.events().toArray(new What[0]));
      case CancelAsked(var id, Reason reason, Instant at) ->
          status() == Status.CANCELLING
              ? this
              : with(Status.CANCELLING, reason, now, record.startedAt())
                  .saying(at, new StatusChanged(Status.CANCELLING, reason, now));
      case HandedBack back -> waitingAgain(0).saying(back.at(), queued(Reason.SERVER_STOPPED));
      case Crashed crashed -> waitingAgain(1).saying(crashed.at(), queued(Reason.CRASHED));
      case Retried retried ->
          retried(retried).saying(retried.at(), queued(retried.failure().reason()));
      case Joined joined ->
          new MemoryJob(record, turn, joined.place(), null, crashes, group, events, remains);
      case Finished finished -> finished(finished).saying(finished.at(), new Ended());
      case Purged purged -> this;
      case Fact.OfEnded ofEnded ->
          new MemoryJob(record, turn, place, dueAt, crashes, group, events, remains.after(ofEnded));
    };
  }

  private StatusChanged queued(@Nullable Reason reason) {
    return new StatusChanged(Status.QUEUED, reason, record.attempt());
  }

  private MemoryJob saying(Instant at, What... what) {
    Stream<Event> more =
        IntStream.range(0, what.length)
            .mapToObj(i -> new Event(record.job().id(), events.size() + i + 1L, at, what[i]));
    var all = Stream.concat(events.stream(), more).toList();
    return new MemoryJob(record, turn, place, dueAt, crashes, group, all, remains);
  }

  private MemoryJob with(
      Status status, @Nullable Reason reason, int attempt, @Nullable Instant startedAt) {
    return with(status, reason, attempt, record.failures(), startedAt, record.warnings());
  }

  private MemoryJob with(
      Status status,
      @Nullable Reason reason,
      int attempt,
      int failures,
      @Nullable Instant startedAt,
      List<String> warnings) {
    var changed =
        new JobRecord(
            record.job(),
            status,
            reason,
            null,
            attempt,
            failures,
            startedAt,
            null,
            null,
            null,
            null,
            null,
            warnings,
            null,
            0);
    return new MemoryJob(changed, turn, place, dueAt, crashes, group, events, remains);
  }

  private MemoryJob waitingAgain(int more) {
    JobRecord waiting = with(Status.QUEUED, null, record.attempt(), null).record;
    return new MemoryJob(waiting, turn, place, null, crashes + more, null, events, remains);
  }

  private MemoryJob retried(Retried fact) {
    int failures = record.failures() + 1;
    JobRecord waiting =
        with(Status.QUEUED, null, record.attempt(), failures, null, warnings(fact.warnings()))
            .record;
    return new MemoryJob(waiting, turn, place, fact.dueAt(), crashes, null, events, remains);
  }

  private List<String> warnings(List<String> ofAttempt) {
    List<String> submitted = record.job().submission().warnings();
    return Stream.concat(submitted.stream(), ofAttempt.stream()).toList();
  }

  private MemoryJob finished(Finished fact) {
    Outcome outcome = fact.outcome();
    @Nullable Result result =
        outcome instanceof Outcome.Succeeded success ? success.answer().result() : null;
    var ended =
        new JobRecord(
            record.job(),
            outcome.status(),
            outcome.reason(),
            outcome.message(),
            record.attempt(),
            record.failures(),
            record.startedAt(),
            fact.returnedAt(),
            fact.at(),
            outcome.returnCode(),
            fact.progress(),
            result,
            status() == Status.QUEUED ? record.warnings() : warnings(fact.warnings()),
            null,
            0);
    return new MemoryJob(ended, turn, place, null, crashes, group, events, remains);
  }

  /** All that is known of it. */
  JobRecord whole() {
    return copy(record.job(), record.result());
  }

  /** Without what can be long. */
  JobRecord summary() {
    Job job = record.job();
    var without = new Job(job.id(), job.seq(), job.submission().withoutInputs(), job.submittedAt());
    return copy(without, null);
  }

  private JobRecord copy(Job job, @Nullable Result result) {
    return new JobRecord(
        job,
        status(),
        record.reason(),
        record.message(),
        record.attempt(),
        record.failures(),
        record.startedAt(),
        record.returnedAt(),
        record.finishedAt(),
        record.returnCode(),
        record.progress(),
        result,
        record.warnings(),
        remains.filesRemovedAt(),
        events.size());
  }

  /** The events that are kept. */
  List<Event> keptEvents() {
    return events.stream().filter(event -> event.number() >= remains.firstEvent()).toList();
  }

  Unfinished unfinished() {
    Job job = record.job();
    return new Unfinished(
        job.id(),
        job.seq(),
        turn,
        place,
        job.submission().kind(),
        job.submission().lane(),
        job.submission().owner(),
        job.submission().session(),
        status(),
        record.attempt(),
        crashes,
        job.submittedAt(),
        group,
        record.reason(),
        dueAt);
  }

  /** Whether it has not ended, and is of this session. */
  boolean holds(SessionId session) {
    return !status().finished() && session.equals(record.job().submission().session());
  }

  boolean matches(Jobs.Filter filter) {
    Submission submission = record.job().submission();
    return (filter.statuses().isEmpty() || filter.statuses().contains(status()))
        && (filter.kind() == null || filter.kind().equals(submission.kind()))
        && (filter.lane() == null || filter.lane().equals(submission.lane()))
        && (filter.session() == null || filter.session().equals(submission.session()))
        && (filter.owner() == null || filter.owner().equals(submission.owner()));
  }
}
