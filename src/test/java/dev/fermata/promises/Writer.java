package dev.fermata.promises;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.fermata.job.Status;
import dev.fermata.promises.Attempt.Phase;
import dev.fermata.promises.Seen.Commit;
import dev.fermata.promises.Seen.Entry;
import dev.fermata.promises.Seen.Entry.Accepted;
import dev.fermata.promises.Seen.Entry.BackedOff;
import dev.fermata.promises.Seen.Entry.CancelAsked;
import dev.fermata.promises.Seen.Entry.Crashed;
import dev.fermata.promises.Seen.Entry.Due;
import dev.fermata.promises.Seen.Entry.Ended;
import dev.fermata.promises.Seen.Entry.HandedBack;
import dev.fermata.promises.Seen.Entry.Saved;
import dev.fermata.promises.Seen.Entry.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the journal of the model does, and who hears of it. It alone changes the disk. */
final class Writer {

  private final Scenario scenario;
  private final Flaw flaw;

  Writer(Scenario scenario, Flaw flaw) {
    this.scenario = scenario;
    this.flaw = flaw;
  }

  Optional<Move> write(State state) {
    return state.memory().writing().isEmpty() ? Optional.empty() : Optional.of(written(state));
  }

  private Move written(State state) {
    List<Entry> entries = state.memory().writing().getFirst();
    Memory memory = state.memory().written();
    return state
        .disk()
        .write(entries, flaw)
        .map(disk -> durable(state.with(disk), memory, entries))
        .orElseGet(() -> refused(state, memory, entries));
  }

  private Move durable(State state, Memory before, List<Entry> entries) {
    Memory memory = before;
    for (Entry entry : entries) {
      memory = follow(memory, entry);
    }
    var seen = new ArrayList<Seen>(List.of(new Commit(entries)));
    entries.forEach(entry -> tell(seen, state, before, entry));
    return new Move(new Step.Write(), state.with(memory.follow(state.disk())), seen);
  }

  private static Memory follow(Memory memory, Entry entry) {
    String job = entry.job();
    return switch (entry) {
      case Started started ->
          memory.with(job, it -> it.is(Phase.TAKEN) ? it.in(Phase.STARTED) : it);
      case CancelAsked asked -> memory.with(job, Attempt::ask);
      case HandedBack(var id, int attempt) -> memory.drop(it -> is(it, id, attempt));
      case BackedOff(var id, int attempt) -> memory.drop(it -> is(it, id, attempt));
      case Ended(var id, int attempt, var end) -> memory.drop(it -> is(it, id, attempt));
      case Accepted accepted -> memory;
      case Crashed crashed -> memory;
      case Due due -> memory;
      case Saved saved -> memory;
    };
  }

  private static boolean is(Attempt attempt, String job, int number) {
    return attempt.job().equals(job) && attempt.number() == number;
  }

  /** What clients and watchers hear of it, now that it is durable. */
  private void tell(List<Seen> seen, State state, Memory before, Entry entry) {
    String job = entry.job();
    @Nullable Status status = entry.status();
    if (entry instanceof Accepted && flaw != Flaw.JOB_ACKNOWLEDGED_TOO_EARLY) {
      seen.add(new Seen.Acknowledged(job));
    }
    if (entry instanceof CancelAsked
        || (status == Status.CANCELLED && before.attempt(job).isEmpty())) {
      seen.add(new Seen.CancelAcknowledged(job));
    }
    boolean shown =
        flaw == Flaw.SHOWN_BEFORE_DURABLE && before.attempt(job, Phase.ENDING).isPresent();
    if (status != null && !shown) {
      seen.add(new Seen.Shown(job, state.disk().row(job).lastEvent(), status));
      if (status.finished()) {
        seen.add(new Seen.Told(job, status));
      }
    }
  }

  /** Who was refused an end together with a start says the end again, and takes the next later. */
  private static Move refused(State state, Memory before, List<Entry> entries) {
    Memory memory = before;
    State after = state;
    for (Entry entry : entries) {
      String job = entry.job();
      if (entry instanceof Started(var id, int number)) {
        memory = memory.drop(it -> is(it, id, number));
      } else if (entry instanceof CancelAsked) {
        after = after.withCancelled(minus(after.cancelled(), job)); // it may ask again
      } else {
        memory = memory.with(job, it -> spoke(it, entry) ? it.in(Phase.CLOSED) : it);
      }
    }
    return new Move(new Step.Write(), after.with(memory.follow(state.disk())), List.of());
  }

  private static boolean spoke(Attempt attempt, Entry entry) {
    return switch (entry) {
      case HandedBack(var job, int number) -> is(attempt, job, number);
      case BackedOff(var job, int number) -> is(attempt, job, number);
      case Ended(var job, int number, var end) -> is(attempt, job, number);
      case Accepted accepted -> false;
      case Started started -> false;
      case CancelAsked asked -> false;
      case Crashed crashed -> false;
      case Due due -> false;
      case Saved saved -> false;
    };
  }

  /** Settles what was orphaned, in one commit, before anything else begins. */
  Move recover(State state) {
    List<Entry> entries =
        state.disk().rows().stream().filter(Row::runs).map(this::orphaned).toList();
    Disk disk = state.disk().write(entries, flaw).orElseThrow();
    Memory line = Memory.fresh().follow(disk);
    Memory memory = flaw == Flaw.RECOVERS_OUT_OF_ORDER ? line.reversed() : line;
    var seen = new ArrayList<Seen>(List.of(new Commit(entries)));
    State recovered = state.with(forgetful(disk)).with(memory);
    entries.forEach(entry -> tell(seen, recovered, Memory.NONE, entry));
    return new Move(new Step.Recover(), recovered, seen);
  }

  private Disk forgetful(Disk disk) {
    return flaw == Flaw.TIME_FORGOTTEN_IN_A_CRASH
        ? new Disk(disk.rows().stream().map(Row::due).toList(), disk.saves())
        : disk;
  }

  private Entry orphaned(Row row) {
    String job = row.job();
    if (row.status() == Status.CANCELLING && flaw != Flaw.CANCELLING_JOB_RUNS_AGAIN) {
      return new Ended(job, row.attempt(), Status.CANCELLED);
    }
    return row.crashes() < scenario.rules().maxCrashes()
        ? new Crashed(job, row.attempt())
        : new Ended(job, row.attempt(), Status.LOST);
  }

  private static Set<String> minus(Set<String> set, String less) {
    return set.stream().filter(it -> !it.equals(less)).collect(toUnmodifiableSet());
  }
}
