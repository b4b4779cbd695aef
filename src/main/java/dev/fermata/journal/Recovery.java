package dev.fermata.journal;

import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Crashed;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.JobId;
import dev.fermata.job.Outcome;
import dev.fermata.job.Outcome.Cancelled;
import dev.fermata.job.Outcome.Failed;
import dev.fermata.job.Outcome.Lost;
import dev.fermata.job.Reason;
import dev.fermata.job.Status;
import dev.fermata.kind.Kind;
import dev.fermata.kind.Kinds;
import dev.fermata.kind.OnCrash;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start makes of the jobs that had not ended: those that waited wait again, in their order;
 * those that ran are orphans, whose processes are ended before anything else begins.
 */
public final class Recovery {

  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private record Found(int waiting, List<Unfinished> orphaned) {}

  private final Journal journal;
  private final Kinds kinds;
  private final Orphans orphans;
  private final int maxCrashes;
  private final Consumer<Unfinished> waits;
  private final BiConsumer<Unfinished, Finished> ended;
  private final Clock clock;
  private final CompletableFuture<Found> found;

  private Recovery(
      Journal journal,
      Kinds kinds,
      Orphans orphans,
      int maxCrashes,
      Consumer<Unfinished> waits,
      BiConsumer<Unfinished, Finished> ended,
      Clock clock) {
    this.journal = journal;
    this.kinds = kinds;
    this.orphans = orphans;
    this.maxCrashes = maxCrashes;
    this.waits = waits;
    this.ended = ended;
    this.clock = clock;
    this.found =
        CompletableFuture.supplyAsync(
            this::replay, Thread.ofPlatform().daemon().name("recovery")::start);
  }

  /**
   * Begins to hand over the jobs that wait, on a thread of its own: a start with a million of them
   * has other things to do meanwhile. Nothing is done about those that were orphaned.
   *
   * @param maxCrashes how often the server may die while one job runs before the job is lost
   * @param waits takes every job that waits, those last that were orphaned and wait again
   * @param ended is told of those that were orphaned and have ended, once that is durable
   */
  public static Recovery begin(
      Journal journal,
      Kinds kinds,
      Orphans orphans,
      int maxCrashes,
      Consumer<Unfinished> waits,
      BiConsumer<Unfinished, Finished> ended,
      Clock clock) {
    return new Recovery(journal, kinds, orphans, maxCrashes, waits, ended, clock);
  }

  /**
   * Returns when every job that waits is handed over and what was orphaned is settled, durably. No
   * job may start before. To be called once.
   *
   * @throws RuntimeException what the journal or the one who takes the jobs failed with
   */
  public void finish() {
    Found all = found();
    settle(all.orphaned()).forEach(waits);
    int jobs = all.waiting() + all.orphaned().size();
    if (jobs > 0) {
      log.info("Recovered {} unfinished jobs, {} of them orphaned", jobs, all.orphaned().size());
    }
  }

  private Found found() {
    try {
      return found.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private Found replay() {
    var waiting = new AtomicInteger();
    List<Unfinished> orphaned = new ArrayList<>();
    journal.replay(
        job -> {
          if (job.status() == Status.QUEUED) {
            waits.accept(job);
            waiting.incrementAndGet();
          } else {
            orphaned.add(job);
          }
        });
    return new Found(waiting.get(), orphaned);
  }

  /** Those of the orphans that wait again. */
  private List<Unfinished> settle(List<Unfinished> orphaned) {
    List<Fact.OfJob> facts = orphaned.stream().map(this::orphaned).toList();
    if (!facts.isEmpty()) {
      journal.append(facts, () -> {}).join();
    }
    Map<JobId, Finished> ends =
        facts.stream()
            .filter(Finished.class::isInstance)
            .map(Finished.class::cast)
            .collect(Collectors.toMap(Finished::id, end -> end));
    var again = new ArrayList<Unfinished>();
    for (Unfinished job : orphaned) {
      @Nullable Finished end = ends.get(job.id());
      if (end == null) {
        again.add(job);
      } else {
        ended.accept(job, end);
      }
    }
    return again;
  }

  private Fact.OfJob orphaned(Unfinished job) {
    int processes = orphans.end(job.id(), job.group());
    if (processes > 0) {
      log.warn("Job {}: ended {} processes of its attempt {}", job.id(), processes, job.attempt());
    }
    return job.status() == Status.CANCELLING ? cancelled(job) : crashed(job);
  }

  private Finished cancelled(Unfinished job) {
    Reason reason = Objects.requireNonNullElse(job.reason(), Reason.CLIENT_REQUEST);
    return finished(job, new Cancelled(reason, null));
  }

  private Fact.OfJob crashed(Unfinished job) {
    int crashes = job.crashes() + 1;
    OnCrash policy = kinds.find(job.kind()).map(Kind::onCrash).orElse(OnCrash.RERUN);
    if (policy == OnCrash.FAIL) {
      return finished(job, new Failed(Reason.CRASHED, "The server died while this job ran.", null));
    }
    if (crashes > maxCrashes) {
      return finished(job, new Lost(crashes));
    }
    return new Crashed(job.id(), job.attempt(), clock.instant());
  }

  private Finished finished(Unfinished job, Outcome outcome) {
    return new Finished(
        job.id(), job.attempt(), clock.instant(), null, outcome, null, List.of(), null);
  }
}
