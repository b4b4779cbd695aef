package dev.fermata.promises;

import dev.fermata.directory.Directories;
import dev.fermata.job.Answer;
import dev.fermata.job.CommitPolicy;
import dev.fermata.job.JobId;
import dev.fermata.job.Reason;
import dev.fermata.journal.Jobs;
import dev.fermata.journal.Recovery;
import dev.fermata.kind.Backoff;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.JobFailed;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Kind;
import dev.fermata.kind.Kinds;
import dev.fermata.kind.OnCrash;
import dev.fermata.kind.Run;
import dev.fermata.lane.Acceptances;
import dev.fermata.lane.LaneSpec;
import dev.fermata.lane.Lanes;
import dev.fermata.lane.Opening;
import dev.fermata.lane.Patience;
import dev.fermata.lane.Quota;
import dev.fermata.lane.Witness;
import dev.fermata.lane.Worker;
import dev.fermata.scope.Scope;
import dev.fermata.session.Sessions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** One run of the engine on a journal that it shares with the runs before it. */
final class Engine implements AutoCloseable {

  /** How a job's work goes: it succeeds, it fails, or it waits until it is let go. */
  static final List<String> KINDS = List.of("succeeds", "fails", "waits");

  final Lanes lanes;
  final Power power;

  private final CountDownLatch go = new CountDownLatch(1);
  private final Patience patience;
  private final List<ExecutorService> executors = new ArrayList<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  /** Recovers what the run before has left, and begins. */
  Engine(
      Path directory, Rules rules, Power power, Jobs jobs, Sessions sessions, Supplier<UUID> ids) {
    Clock clock = Clock.systemUTC();
    this.power = power;
    patience = new Patience(clock);
    var kinds = new Kinds(KINDS.stream().map(this::kind).toList());
    var opening =
        new Opening(
            new Directories(directory), sessions, 30, List.of(power), power, patience, clock);
    var worker =
        new Worker(Scope.application(), kinds, jobs, opening, () -> 1, timer, patience, clock);
    lanes =
        new Lanes(
            rules.workers().entrySet().stream()
                .map(lane -> new LaneSpec(lane.getKey(), lane.getValue(), 1000))
                .toList(),
            new Quota(0, 0),
            this::executor,
            power,
            new Acceptances(power.lastSeq(), ids, clock),
            worker,
            () -> {},
            timer,
            patience,
            Witness.NOBODY,
            clock);
    Recovery.begin(
            power,
            kinds,
            (id, group) -> 0,
            rules.maxCrashes(),
            lanes::restore,
            lanes::endedBefore,
            clock)
        .finish();
    lanes.begin();
  }

  private ExecutorService executor(LaneSpec lane) {
    ExecutorService executor =
        Executors.newFixedThreadPool(lane.workers(), Thread.ofPlatform().daemon().factory());
    executors.add(executor);
    return executor;
  }

  private Kind kind(String name) {
    JobHandler handler = run -> work(name, run);
    return new Kind(
        name,
        "",
        Lanes.DEFAULT,
        new Inputs(List.of()),
        null,
        OnCrash.RERUN,
        CommitPolicy.DEFAULT,
        2,
        new Backoff(Duration.ofMillis(5), 1, Duration.ofMillis(5)),
        handler);
  }

  private Answer work(String kind, Run run) throws Exception {
    JobId job = run.job().id();
    if (run.session() != null) {
      Objects.requireNonNull(run.session()).append("user", kind);
      power.saw(new Seen.Wrote(job.toString()));
    }
    if (kind.equals("fails")) {
      throw new JobFailed(Reason.EXIT_CODE, "as told", 1);
    }
    if (kind.equals("waits")) {
      awaitGo(job);
    }
    return new Answer(null, 0);
  }

  private void awaitGo(JobId job) throws InterruptedException {
    try {
      go.await();
    } catch (InterruptedException e) {
      power.saw(new Seen.Stopped(job.toString()));
      throw e;
    }
  }

  /** Jobs that wait need not wait any longer. */
  void letGo() {
    go.countDown();
  }

  boolean idle() {
    return lanes.views().stream().allMatch(lane -> lane.waiting() + lane.running() == 0);
  }

  @Override
  public void close() {
    patience.giveUp();
    executors.forEach(ExecutorService::shutdownNow);
    timer.shutdownNow();
  }
}
