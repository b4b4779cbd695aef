package dev.fermata.lane;

import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Finished;
import dev.fermata.job.Fact.HandedBack;
import dev.fermata.job.Fact.Started;
import dev.fermata.job.Reason;
import dev.fermata.journal.Journal;
import dev.fermata.journal.JournalUnavailable;
import dev.fermata.journal.Room;
import dev.fermata.journal.Stale;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is: makes ends and starts durable and lets the worker run one job after another.
 * The executor gets the same task again and again, "run what waits", and never more of them than
 * there are workers.
 */
final class Turns {

  private static final Logger log = LoggerFactory.getLogger(Turns.class);

  /** How one attempt ended, not yet durable. */
  private record End(Attempt attempt, Fact.OfJob fact) {
    String inWords() {
      String how =
          fact instanceof Finished finished ? finished.outcome().status().word() : "handed back";
      return "Job " + attempt.id() + " " + how + ", attempt " + attempt.number();
    }
  }

  private final Line line;
  private final Journal journal;
  private final Worker worker;
  private final ExecutorService executor;
  private final Room room;
  private final Patience patience;
  private final Clock clock;

  /**
   * Nobody's turn yet.
   *
   * @param executor as many threads as the line has workers, used by nobody else
   */
  Turns(
      Line line,
      Journal journal,
      Worker worker,
      ExecutorService executor,
      Room room,
      Patience patience,
      Clock clock) {
    this.line = line;
    this.journal = journal;
    this.worker = worker;
    this.executor = executor;
    this.room = room;
    this.patience = patience;
    this.clock = clock;
  }

  /** Calls a worker for a job that came into line, unless all are at work. */
  void call() {
    synchronized (line) {
      if (line.called()) {
        executor.execute(this::work);
      }
    }
  }

  boolean alive() {
    return !executor.isShutdown();
  }

  /** Calls nobody any more; the line drains. */
  void end() {
    executor.shutdown();
  }

  boolean awaitRest(Duration patienceLeft) throws InterruptedException {
    return executor.awaitTermination(patienceLeft.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What a worker does from its call until nobody waits. */
  private void work() {
    do {
      runWhatWaits();
    } while (!line.rests());
  }

  private void runWhatWaits() {
    try {
      @Nullable Attempt attempt = announce(null);
      while (attempt != null) {
        attempt = announce(new End(attempt, worker.run(attempt)));
      }
    } catch (RuntimeException | Error e) {
      log.error("A worker gave up on its job; the next start of the server recovers it", e);
    }
  }

  /** Makes the end of one attempt and the start of the next durable, in one commit. */
  private @Nullable Attempt announce(@Nullable End end) {
    try {
      if (!hasRoom()) {
        return announceInTurn(end);
      }
      return patience.insist(() -> store(end, true));
    } catch (Stale e) {
      log.warn("The journal refused an end or a start: {}", e.getMessage());
      if (end != null) {
        announceAlone(end);
      }
      return announce(null);
    }
  }

  private boolean hasRoom() {
    try {
      room.require();
      return true;
    } catch (JournalUnavailable e) {
      return false;
    }
  }

  /** The end at once, and the next start when there is room for what that job will write. */
  private @Nullable Attempt announceInTurn(@Nullable End end) {
    if (end != null) {
      announceAlone(end);
    }
    if (line.draining() || line.waiting() == 0) {
      return null;
    }
    patience.insist(
        () -> {
          room.require();
          return room;
        });
    return announce(null);
  }

  private void announceAlone(End end) {
    try {
      patience.insist(() -> store(end, false));
    } catch (Stale e) {
      Attempt attempt = end.attempt();
      if (end.fact() instanceof HandedBack
          && attempt.token().delivered() instanceof StopCause.Cancel(Reason reason)) {
        announceAlone(new End(attempt, attempt.waitingAfter().cancelled(reason, clock.instant())));
      } else {
        settle(end);
      }
    }
  }

  private @Nullable Attempt store(@Nullable End end, boolean takesNext) {
    @Nullable Attempt next;
    CompletableFuture<Void> commit;
    synchronized (line) {
      Instant now = clock.instant();
      next = takesNext ? line.take(now) : null;
      List<Fact.OfJob> facts =
          Stream.of(
                  end == null ? null : end.fact(),
                  next == null ? null : new Started(next.id(), next.number(), now))
              .filter(Objects::nonNull)
              .toList();
      if (facts.isEmpty()) {
        return null;
      }
      commit =
          journal
              .append(facts, () -> stored(end, next))
              .whenComplete((durable, refusal) -> notStarted(end, next, refusal));
    }
    Commits.await(commit);
    return next;
  }

  private void stored(@Nullable End end, @Nullable Attempt next) {
    synchronized (line) {
      if (end != null) {
        settle(end);
      }
      if (next != null) {
        line.started(next);
      }
    }
  }

  /** A job whose start alone was refused as stale is not what the line took it for: it is left. */
  private void notStarted(@Nullable End end, @Nullable Attempt next, @Nullable Throwable refusal) {
    if (next != null && refusal != null) {
      if (end == null && refusal instanceof Stale) {
        line.forget(next);
      } else {
        line.untake(next);
      }
    }
  }

  private void settle(End end) {
    if (end.fact() instanceof HandedBack) {
      line.handedBack(end.attempt());
    } else {
      line.ended(end.attempt(), clock.instant());
    }
    log.info("{}", end.inWords());
    end.attempt().ended().complete(null);
  }
}
