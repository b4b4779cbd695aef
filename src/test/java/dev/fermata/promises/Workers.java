package dev.fermata.promises;

import dev.fermata.job.Status;
import dev.fermata.promises.Attempt.Phase;
import dev.fermata.promises.Attempt.Work;
import dev.fermata.promises.Seen.Entry;
import dev.fermata.promises.Seen.Entry.BackedOff;
import dev.fermata.promises.Seen.Entry.Due;
import dev.fermata.promises.Seen.Entry.Ended;
import dev.fermata.promises.Seen.Entry.HandedBack;
import dev.fermata.promises.Seen.Entry.Saved;
import dev.fermata.promises.Seen.Entry.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the workers of the model do: the life of an attempt. */
final class Workers {

  private final Scenario scenario;
  private final Flaw flaw;

  Workers(Scenario scenario, Flaw flaw) {
    this.scenario = scenario;
    this.flaw = flaw;
  }

  Optional<Move> take(Step step, State state, String lane) {
    return next(state, lane, null)
        .map(
            next ->
                Move.quiet(step, state, state.memory().take(next).write(List.of(started(next)))));
  }

  private Phase openable() {
    return flaw == Flaw.OPENS_BEFORE_THE_START_IS_DURABLE ? Phase.TAKEN : Phase.STARTED;
  }

  Optional<Move> open(Step step, State state, String job) {
    return state.memory().attempt(job, openable()).map(attempt -> opened(step, state, attempt));
  }

  private Move opened(Step step, State state, Attempt attempt) {
    Query query = scenario.query(attempt.job());
    long version = query.session() == null ? 0 : state.disk().version(query.session());
    Memory memory = state.memory().with(attempt.job(), it -> it.opened(version));
    var seen = new ArrayList<Seen>(List.of(new Seen.Opened(attempt.job(), attempt.number())));
    if (query.session() != null) {
      seen.add(new Seen.Wrote(attempt.job()));
    }
    return new Move(step, state.with(memory), seen);
  }

  Optional<Move> returns(Step step, State state, String job, boolean succeeds) {
    return state
        .memory()
        .attempt(job, Phase.OPEN)
        .filter(attempt -> succeeds || state.left().failures())
        .map(
            attempt -> {
              Work work = succeeds ? Work.SUCCEEDED : Work.FAILED;
              return Move.quiet(step, state, state.memory().with(job, it -> it.done(work)))
                  .seeing(new Seen.Returned(job));
            });
  }

  /** A stop that comes after the handler has returned is too late. */
  Optional<Move> deliver(Step step, State state, String job) {
    Memory memory = state.memory();
    return memory
        .attempt(job)
        .filter(
            it ->
                it.is(Phase.OPEN)
                    || (flaw == Flaw.LATE_STOP_WINS
                        && it.is(Phase.DONE)
                        && it.work() != Work.CANCELLED))
        .filter(attempt -> attempt.asked() || memory.draining())
        .map(
            attempt -> {
              Work stopped = attempt.asked() ? Work.CANCELLED : Work.HANDED_BACK;
              Work work = flaw == Flaw.STOP_IGNORED ? Work.SUCCEEDED : stopped;
              return Move.quiet(step, state, memory.with(job, it -> it.done(work)))
                  .seeing(new Seen.Stopped(job));
            });
  }

  Optional<Move> close(Step step, State state, String job) {
    return state
        .memory()
        .attempt(job, Phase.DONE)
        .map(
            attempt ->
                Move.quiet(step, state, state.memory().with(job, it -> it.in(Phase.CLOSED)))
                    .seeing(new Seen.Closed(job, attempt.number())));
  }

  Optional<Move> announce(Step step, State state, String job, boolean takesNext) {
    Optional<Attempt> announced = state.memory().attempt(job).filter(this::mayEnd);
    if (announced.isEmpty()) {
      return Optional.empty();
    }
    Attempt attempt = announced.get();
    List<Entry> end = end(state, attempt);
    boolean passesOn =
        !(end.getFirst() instanceof BackedOff) || flaw == Flaw.RETRY_PASSES_ITS_SESSION_ON;
    Memory memory = state.memory().with(job, it -> it.in(Phase.ENDING));
    if (takesNext) {
      return next(state, scenario.query(job).lane(), attempt)
          .filter(next -> passesOn || !sharesSession(next, attempt))
          .map(next -> Move.quiet(step, state, memory.take(next).write(plus(end, started(next)))));
    }
    Move move = Move.quiet(step, state, writeEnd(memory, end));
    return Optional.of(
        flaw == Flaw.SHOWN_BEFORE_DURABLE && end.getFirst() instanceof Ended ended
            ? move.seeing(
                new Seen.Shown(job, state.disk().row(job).lastEvent() + 1, ended.status()))
            : move);
  }

  private boolean mayEnd(Attempt attempt) {
    return attempt.is(Phase.CLOSED)
        || (attempt.is(Phase.DONE) && flaw == Flaw.ENDS_BEFORE_THE_CLOSE);
  }

  private Memory writeEnd(Memory memory, List<Entry> end) {
    return flaw == Flaw.SAVES_APART && end.size() == 2
        ? memory.write(end.subList(0, 1)).write(end.subList(1, 2))
        : memory.write(end);
  }

  /** How an attempt ended, and what is saved of its session: one commit. */
  private List<Entry> end(State state, Attempt attempt) {
    String job = attempt.job();
    Row row = state.disk().row(job);
    boolean again =
        row.failures() + 1 < row.query().maxAttempts() || flaw == Flaw.RETRY_NOT_COUNTED;
    return switch (attempt.work()) {
      case SUCCEEDED -> saving(attempt, new Ended(job, attempt.number(), Status.SUCCEEDED));
      case CANCELLED -> saving(attempt, new Ended(job, attempt.number(), Status.CANCELLED));
      case HANDED_BACK ->
          attempt.asked() && flaw != Flaw.REFUSED_END_SAID_AGAIN
              ? saving(attempt, new Ended(job, attempt.number(), Status.CANCELLED))
              : List.of(new HandedBack(job, attempt.number()));
      case FAILED ->
          again && !attempt.asked()
              ? List.of(new BackedOff(job, attempt.number()))
              : saving(attempt, new Ended(job, attempt.number(), Status.FAILED));
      case GOES_ON -> throw new IllegalStateException("it goes on: " + attempt);
    };
  }

  /** A worker that a crash should have ended says how its attempt ended. */
  Optional<Move> outlive(Step step, State state, String job) {
    return state.stale().stream()
        .filter(attempt -> attempt.job().equals(job))
        .findFirst()
        .map(
            stale -> {
              var left = state.stale().stream().filter(it -> !it.equals(stale)).toList();
              var end = new Ended(job, stale.number(), Status.SUCCEEDED);
              return Move.quiet(
                  step, state.withStale(left), state.memory().write(saving(stale, end)));
            });
  }

  private List<Entry> saving(Attempt attempt, Ended end) {
    Query query = scenario.query(attempt.job());
    boolean saves = query.saves(end.status()) || flaw == Flaw.SAVES_WHATEVER_THE_END;
    return query.session() == null || !saves
        ? List.of(end)
        : List.of(end, new Saved(query.job(), query.session(), attempt.found() + 1));
  }

  /**
   * Who is next in a lane: with one worker the head of the line, or nobody while its session is
   * held; with several the first whose session is free.
   *
   * @param ending an attempt that makes room in the same commit; null for none
   */
  private Optional<Attempt> next(State state, String lane, @Nullable Attempt ending) {
    Memory memory = state.memory();
    List<Query> others =
        memory.attempts().stream()
            .filter(it -> !it.equals(ending))
            .map(it -> scenario.query(it.job()))
            .toList();
    int workers = scenario.rules().workers(lane) + (flaw == Flaw.TWO_AT_ONCE ? 1 : 0);
    boolean busy = others.stream().filter(it -> it.lane().equals(lane)).count() >= workers;
    Stream<Query> line =
        memory.line().stream().map(scenario::query).filter(it -> it.lane().equals(lane));
    return (workers == 1 ? line.limit(1) : line)
        .filter(query -> !busy && !memory.draining())
        .filter(query -> others.stream().noneMatch(other -> held(query, other)))
        .findFirst()
        .map(query -> Attempt.taken(query.job(), nextNumber(state.disk().row(query.job()))));
  }

  /** Then the one can't start with a commit after which the other waits for its time. */
  private boolean sharesSession(Attempt next, Attempt ending) {
    return scenario.query(next.job()).sharesSessionWith(scenario.query(ending.job()));
  }

  private boolean held(Query query, Query other) {
    boolean passes = flaw == Flaw.SESSION_HELD_PER_LANE && !query.lane().equals(other.lane());
    return query.sharesSessionWith(other) && !passes;
  }

  private int nextNumber(Row row) {
    return row.attempt() + (flaw == Flaw.ATTEMPT_USED_TWICE && row.crashes() > 0 ? 0 : 1);
  }

  private static Entry started(Attempt attempt) {
    return new Started(attempt.job(), attempt.number());
  }

  static Optional<Move> comeDue(Step step, State state, String job) {
    return state
        .disk()
        .find(job)
        .filter(row -> row.parked() && row.queued() && !state.memory().writes(job))
        .map(row -> Move.quiet(step, state, state.memory().write(List.of(new Due(job)))));
  }

  private static <T> List<T> plus(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }
}
