package dev.fermata.lane;

import dev.fermata.directory.Directories;
import dev.fermata.job.Answer;
import dev.fermata.job.CommitPolicy;
import dev.fermata.job.Job;
import dev.fermata.job.JobId;
import dev.fermata.job.OnDisconnect;
import dev.fermata.job.Owner;
import dev.fermata.job.Reason;
import dev.fermata.job.Submission;
import dev.fermata.journal.JobRecord;
import dev.fermata.journal.MemoryJournal;
import dev.fermata.journal.Recovery;
import dev.fermata.journal.Room;
import dev.fermata.journal.Sample;
import dev.fermata.kind.Backoff;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Kind;
import dev.fermata.kind.Kinds;
import dev.fermata.kind.OnCrash;
import dev.fermata.kind.Resource;
import dev.fermata.kind.Run;
import dev.fermata.scope.Scope;
import dev.fermata.session.Message;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Lanes on a journal in memory, with kinds made of lambdas. */
final class Workshop implements AutoCloseable {

  static final Answer DONE = new Answer(null, 0);

  final MemoryJournal journal;
  volatile Room room = () -> {};
  final Patience patience;
  final Kinds kinds;
  final Lanes lanes;

  /** What the lanes tell of their jobs. */
  final RecordingWitness witness = new RecordingWitness();

  private final Clock clock;
  private final List<ExecutorService> executors = new ArrayList<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  Workshop(
      Path directory,
      int workers,
      int capacity,
      Map<String, JobHandler> handlers,
      List<Resource> resources) {
    this(directory, List.of(new LaneSpec(Lanes.DEFAULT, workers, capacity)), handlers, resources);
  }

  Workshop(
      Path directory,
      List<LaneSpec> specs,
      Map<String, JobHandler> handlers,
      List<Resource> resources) {
    this(directory, specs, new Quota(0, 0), handlers, resources);
  }

  /** With limits to how many may wait. */
  Workshop(
      Path directory,
      List<LaneSpec> specs,
      Quota quota,
      Map<String, JobHandler> handlers,
      List<Resource> resources) {
    this(
        new MemoryJournal(),
        directory,
        specs,
        quota,
        handlers,
        resources,
        Backoff.DEFAULT,
        Clock.systemUTC(),
        null);
    lanes.begin();
  }

  /** With a time of its own. */
  Workshop(
      Path directory,
      List<LaneSpec> specs,
      Map<String, JobHandler> handlers,
      List<Resource> resources,
      Backoff backoff,
      Clock clock,
      @Nullable ScheduledExecutorService due) {
    this(new MemoryJournal(), directory, specs, handlers, resources, backoff, clock, due);
    lanes.begin();
  }

  /** On a journal that is there already: it is for the caller to recover and to begin. */
  Workshop(
      MemoryJournal journal,
      Path directory,
      List<LaneSpec> specs,
      Map<String, JobHandler> handlers,
      List<Resource> resources,
      Backoff backoff,
      Clock clock,
      @Nullable ScheduledExecutorService due) {
    this(journal, directory, specs, new Quota(0, 0), handlers, resources, backoff, clock, due);
  }

  private Workshop(
      MemoryJournal journal,
      Path directory,
      List<LaneSpec> specs,
      Quota quota,
      Map<String, JobHandler> handlers,
      List<Resource> resources,
      Backoff backoff,
      Clock clock,
      @Nullable ScheduledExecutorService due) {
    this.journal = journal;
    this.clock = clock;
    var ids = new AtomicLong(1000 * journal.lastSeq());
    patience = new Patience(clock);
    kinds = kinds(handlers, backoff);
    var worker =
        new Worker(
            Scope.application(),
            kinds,
            journal,
            new Opening(
                new Directories(directory), journal, 30, resources, journal, patience, clock),
            () -> 1,
            timer,
            patience,
            clock);
    lanes =
        new Lanes(
            specs,
            quota,
            this::executor,
            journal,
            new Acceptances(
                journal.lastSeq(), () -> new UUID(0x7000, ids.incrementAndGet()), clock),
            worker,
            () -> room.require(),
            due == null ? timer : due,
            patience,
            witness,
            clock);
  }

  private ExecutorService executor(LaneSpec lane) {
    ExecutorService executor =
        Executors.newFixedThreadPool(lane.workers(), Thread.ofPlatform().daemon().factory());
    executors.add(executor);
    return executor;
  }

  private static Kinds kinds(Map<String, JobHandler> handlers, Backoff backoff) {
    return new Kinds(
        handlers.entrySet().stream()
            .map(
                kind ->
                    new Kind(
                        kind.getKey(),
                        "",
                        Lanes.DEFAULT,
                        new Inputs(List.of()),
                        null,
                        OnCrash.RERUN,
                        CommitPolicy.DEFAULT,
                        1,
                        backoff,
                        kind.getValue()))
            .toList());
  }

  /** As a start does, before the lanes begin. */
  void recover() {
    Recovery.begin(journal, kinds, (id, group) -> 0, 3, lanes::restore, lanes::endedBefore, clock)
        .finish();
  }

  JobId submit(String kind) {
    return submit(kind, null).id();
  }

  Job submit(String kind, @Nullable Duration timeout) {
    var submission = new Submission(kind, Lanes.DEFAULT, Map.of(), timeout, List.of());
    return lanes.submit(submission, OnBusy.ENQUEUE, null).job();
  }

  /** A turn on a session, which waits if it must. */
  JobId submit(String kind, String lane, String session) {
    return submit(kind, lane, session, CommitPolicy.DEFAULT, OnBusy.ENQUEUE);
  }

  JobId submit(String kind, String lane, String session, CommitPolicy policy, OnBusy onBusy) {
    return submit(kind, lane, session, null, policy, onBusy);
  }

  JobId submit(
      String kind,
      String lane,
      @Nullable String session,
      @Nullable Duration timeout,
      CommitPolicy policy,
      OnBusy onBusy) {
    var submission =
        new Submission(
            Owner.NOBODY,
            kind,
            lane,
            session == null ? null : Sample.session(session),
            Map.of(),
            timeout,
            policy,
            OnDisconnect.CONTINUE,
            List.of());
    return lanes.submit(submission, onBusy, null).job().id();
  }

  /** A turn that may not join the line before a time. */
  JobId submitLater(String kind, String lane, String session, Instant notBefore) {
    return submit(kind, lane, session, OnBusy.ENQUEUE, notBefore);
  }

  /** A job that may have to wait for a time. */
  JobId submit(
      String kind,
      String lane,
      @Nullable String session,
      OnBusy onBusy,
      @Nullable Instant notBefore) {
    var submission =
        new Submission(
            Owner.NOBODY,
            kind,
            lane,
            session == null ? null : Sample.session(session),
            Map.of(),
            null,
            CommitPolicy.DEFAULT,
            OnDisconnect.CONTINUE,
            1,
            notBefore,
            List.of());
    return lanes.submit(submission, onBusy, null).job().id();
  }

  /** What a session's messages say, the oldest first. */
  List<String> said(String session) {
    return journal.messages(Sample.session(session), Long.MAX_VALUE, 10_000).stream()
        .map(Message::content)
        .toList();
  }

  CancelAnswer cancel(JobId id) {
    return lanes.cancel(id, Reason.CLIENT_REQUEST);
  }

  /** Returns when the job's end is durable. */
  JobRecord ended(JobId id) {
    awaitTrue(() -> record(id).status().finished() && lanes.standing(id).isEmpty());
    return record(id);
  }

  JobRecord record(JobId id) {
    return journal.find(id).orElseThrow();
  }

  /** Spins, at most ten seconds. */
  static void awaitTrue(BooleanSupplier condition) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > limit) {
        throw new AssertionError("not within ten seconds");
      }
      Thread.onSpinWait();
    }
  }

  static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("not within ten seconds");
    }
  }

  /** Whether no worker has anything to do any more, within ten seconds; none can be called then. */
  boolean comesToRest() throws InterruptedException {
    boolean rests = true;
    for (ExecutorService executor : executors) {
      executor.shutdown();
      rests &= executor.awaitTermination(10, TimeUnit.SECONDS);
    }
    return rests;
  }

  /** Leaves {@code opened} and {@code closed} in a trail for each job. */
  static Resource trailing(List<String> trail) {
    return run -> {
      trail.add("opened " + seq(run));
      return () -> trail.add("closed " + seq(run));
    };
  }

  static long seq(Run run) {
    return run.job().seq();
  }

  @Override
  public void close() {
    patience.giveUp();
    executors.forEach(ExecutorService::shutdownNow);
    timer.shutdownNow();
    journal.close();
    awaitWorkers();
  }

  /** A start that a held journal stored only now still makes its job's directory. */
  private void awaitWorkers() {
    try {
      for (ExecutorService executor : executors) {
        if (!ends(executor)) {
          throw new AssertionError("a worker is still at work");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Within ten seconds; an interrupt that came between two jobs was lost, and is given again. */
  private static boolean ends(ExecutorService executor) throws InterruptedException {
    for (int tries = 0; tries < 100; tries++) {
      executor.shutdownNow();
      if (executor.awaitTermination(100, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }
}
