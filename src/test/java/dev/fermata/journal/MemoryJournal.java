package dev.fermata.journal;

import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Accepted;
import dev.fermata.job.Fact.CancelAsked;
import dev.fermata.job.Fact.Crashed;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.Purged;
import dev.fermata.job.Fact.Spawned;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.Outcome;
import dev.fermata.job.ProcessGroup;
import dev.fermata.job.Progress;
import dev.fermata.job.Reason;
import dev.fermata.job.Result;
import dev.fermata.job.Status;
import dev.fermata.job.Submission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A journal in memory that keeps a trail of its commits, and fails or waits when told to. */
public final class MemoryJournal implements Journal, Jobs, AutoCloseable {

  private record Row(JobRecord job, int crashes, @Nullable ProcessGroup group) {

    Status status() {
      return job.status();
    }

    boolean runs() {
      return status() == Status.RUNNING || status() == Status.CANCELLING;
    }

    Row with(Status status, @Nullable Reason reason, int attempt, @Nullable Instant startedAt) {
      var changed =
          new JobRecord(
              job.job(), status, reason, null, attempt, startedAt, null, null, null, null, warned(),
              1);
      return new Row(changed, crashes, group);
    }

    Row waitingAgain(int more) {
      return new Row(with(Status.QUEUED, null, job.attempt(), null).job, crashes + more, null);
    }

    Row finished(Finished fact) {
      Outcome outcome = fact.outcome();
      @Nullable Result result =
          outcome instanceof Outcome.Succeeded success ? success.answer().result() : null;
      @Nullable Progress progress = fact.progress();
      List<String> warnings = Stream.concat(warned().stream(), fact.warnings().stream()).toList();
      var ended =
          new JobRecord(
              job.job(),
              outcome.status(),
              outcome.reason(),
              outcome.message(),
              job.attempt(),
              job.startedAt(),
              fact.at(),
              outcome.returnCode(),
              progress,
              result,
              warnings,
              1);
      return new Row(ended, crashes, group);
    }

    private List<String> warned() {
      return job.job().submission().warnings();
    }
  }

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("journal").factory());
  private final Phaser refusals = new Phaser(1);
  private final Map<JobId, Row> rows = new HashMap<>();
  private final Set<JobId> purged = new HashSet<>();
  private final List<List<Fact>> commits = new ArrayList<>();
  private final AtomicInteger pending = new AtomicInteger();
  private long lastSeq;
  private CountDownLatch gate = new CountDownLatch(0);
  private Predicate<Fact> refused = fact -> false;

  /** From now on commits wait. */
  public synchronized void hold() {
    gate = new CountDownLatch(1);
  }

  /** How many groups wait for their commit. */
  public int pending() {
    return pending.get();
  }

  public synchronized void release() {
    gate.countDown();
  }

  /** From now on groups with such a fact are refused: the disk is full. */
  public synchronized void refuse(Predicate<Fact> facts) {
    refused = facts;
  }

  public synchronized void refuseNothing() {
    refused = fact -> false;
  }

  /** Returns when the journal has refused so often, all in all. */
  public void awaitRefusals(int count) {
    for (int phase = 0; phase < count; phase++) {
      refusals.awaitAdvance(phase);
    }
  }

  /** Every group that is durable, in order. */
  public synchronized List<List<Fact>> commits() {
    return List.copyOf(commits);
  }

  /** Every fact of this kind that is durable, in order. */
  public <T extends Fact> List<T> facts(Class<T> kind) {
    return commits().stream()
        .flatMap(List::stream)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  @Override
  public CompletableFuture<Void> append(List<? extends Fact> facts, Runnable then) {
    var durable = new CompletableFuture<Void>();
    pending.incrementAndGet();
    thread.execute(() -> commit(List.copyOf(facts), then, durable));
    return durable;
  }

  private void commit(List<Fact> facts, Runnable then, CompletableFuture<Void> durable) {
    try {
      waiting().await();
      pending.decrementAndGet();
      store(facts);
      then.run();
      durable.complete(null);
    } catch (JournalUnavailable e) {
      durable.completeExceptionally(e);
      refusals.arrive();
    } catch (RuntimeException | InterruptedException e) {
      durable.completeExceptionally(e);
    }
  }

  private synchronized CountDownLatch waiting() {
    return gate;
  }

  private synchronized void store(List<Fact> facts) {
    if (facts.stream().anyMatch(refused)) {
      throw new JournalUnavailable("told to refuse", null);
    }
    var before = new HashMap<>(rows);
    for (Fact fact : facts) {
      if (!(fact instanceof Fact.OfJob ofJob)) {
        continue;
      }
      Row next = after(rows.get(ofJob.id()), ofJob);
      if (next == null) {
        rows.clear();
        rows.putAll(before);
        throw new Stale("refused: " + facts);
      }
      rows.put(ofJob.id(), next);
    }
    facts.stream()
        .filter(Purged.class::isInstance)
        .map(fact -> ((Purged) fact).id())
        .forEach(this::forget);
    commits.add(List.copyOf(facts));
  }

  private void forget(JobId id) {
    rows.remove(id);
    purged.add(id);
  }

  /** What a fact makes of a row; null when it does not follow. */
  private @Nullable Row after(@Nullable Row row, Fact.OfJob fact) {
    if (fact instanceof Accepted(Job job, long place)) {
      lastSeq = Math.max(lastSeq, job.seq());
      List<String> warnings = job.submission().warnings();
      return new Row(
          new JobRecord(
              job, Status.QUEUED, null, null, 0, null, null, null, null, null, warnings, 1),
          0,
          null);
    }
    if (row == null) {
      return null;
    }
    int now = row.job().attempt();
    boolean running = row.status() == Status.RUNNING;
    return switch (fact) {
      case Accepted accepted -> throw new AssertionError(accepted);
      case Started(JobId id, int attempt, Instant at) ->
          row.status() == Status.QUEUED && attempt == now + 1
              ? row.with(Status.RUNNING, null, attempt, at)
              : null;
      case Spawned(JobId id, int attempt, ProcessGroup group) ->
          row.runs() && attempt == now ? new Row(row.job(), row.crashes(), group) : null;
      case CancelAsked(JobId id, Reason reason, Instant at) ->
          row.runs()
              ? row.with(
                  Status.CANCELLING,
                  Optional.ofNullable(row.job().reason()).orElse(reason),
                  now,
                  row.job().startedAt())
              : null;
      case HandedBack(JobId id, int attempt, Instant at) ->
          running && attempt == now ? row.waitingAgain(0) : null;
      case Crashed(JobId id, int attempt, Instant at) ->
          running && attempt == now ? row.waitingAgain(1) : null;
      case Finished finished ->
          !row.status().finished() && finished.attempt() == now ? row.finished(finished) : null;
      case Fact.Reported reported -> row.runs() ? row : null;
      case Purged(JobId id) -> row.status().finished() ? row : null;
    };
  }

  @Override
  public synchronized void replay(Consumer<Unfinished> consumer) {
    rows.values().stream()
        .filter(row -> !row.status().finished())
        .map(MemoryJournal::unfinished)
        .sorted(Comparator.comparingLong(Unfinished::seq))
        .forEach(consumer);
  }

  private static Unfinished unfinished(Row row) {
    JobRecord record = row.job();
    Job job = record.job();
    return new Unfinished(
        job.id(),
        job.seq(),
        job.place(),
        job.submission().kind(),
        job.submission().lane(),
        job.submission().session(),
        record.status(),
        record.attempt(),
        row.crashes(),
        job.submittedAt(),
        row.group(),
        record.reason());
  }

  @Override
  public synchronized long lastSeq() {
    return lastSeq;
  }

  @Override
  public synchronized Optional<JobRecord> find(JobId id) {
    return Optional.ofNullable(rows.get(id)).map(Row::job);
  }

  @Override
  public synchronized List<JobRecord> findAll(List<JobId> ids) {
    return ids.stream().flatMap(id -> find(id).stream()).map(MemoryJournal::summary).toList();
  }

  @Override
  public synchronized List<JobRecord> page(Filter filter, long before, int limit) {
    return matching(filter)
        .filter(record -> record.job().seq() < before)
        .sorted(Comparator.comparingLong((JobRecord record) -> record.job().seq()).reversed())
        .limit(limit)
        .map(MemoryJournal::summary)
        .toList();
  }

  @Override
  public synchronized List<JobId> unfinished(Filter filter) {
    return matching(filter)
        .filter(record -> !record.status().finished())
        .sorted(Comparator.comparingLong(record -> record.job().seq()))
        .map(record -> record.job().id())
        .toList();
  }

  @Override
  public synchronized boolean purged(JobId id) {
    return purged.contains(id);
  }

  private Stream<JobRecord> matching(Filter filter) {
    return rows.values().stream()
        .map(Row::job)
        .filter(job -> filter.statuses().isEmpty() || filter.statuses().contains(job.status()))
        .filter(job -> matches(filter.kind(), job.job().submission().kind()))
        .filter(job -> matches(filter.lane(), job.job().submission().lane()))
        .filter(job -> matches(filter.session(), job.job().submission().session()));
  }

  private static boolean matches(@Nullable String wanted, @Nullable String given) {
    return wanted == null || wanted.equals(given);
  }

  private static JobRecord summary(JobRecord whole) {
    Job job = whole.job();
    Submission all = job.submission();
    Submission submission = all.withoutInputs();
    return new JobRecord(
        new Job(job.id(), job.seq(), submission, job.submittedAt()),
        whole.status(),
        whole.reason(),
        whole.message(),
        whole.attempt(),
        whole.startedAt(),
        whole.finishedAt(),
        whole.returnCode(),
        whole.progress(),
        null,
        whole.warnings(),
        whole.lastEvent());
  }

  @Override
  public void close() {
    release();
    thread.close();
  }
}
