package dev.fermata.promises;

import dev.fermata.job.Status;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What survives a crash: every accepted job, and what was saved of sessions. It refuses an entry
 * that does not follow from what it holds; this is the fence.
 *
 * @param rows in the order of acceptance
 */
record Disk(List<Row> rows, List<Saved> saves) {

  static final Disk EMPTY = new Disk(List.of(), List.of());

  Optional<Row> find(String job) {
    return rows.stream().filter(row -> row.job().equals(job)).findFirst();
  }

  Row row(String job) {
    return find(job).orElseThrow(() -> new IllegalStateException("unknown: " + job));
  }

  /** How often a session was saved. */
  long version(String session) {
    return saves.stream().filter(save -> save.session().equals(session)).count();
  }

  boolean allEnded() {
    return rows.stream().allMatch(row -> row.status().finished());
  }

  /** All of the entries, or none: then it is empty. */
  Optional<Disk> write(List<Entry> entries, Flaw flaw) {
    Optional<Disk> disk = Optional.of(this);
    for (Entry entry : entries) {
      disk = disk.flatMap(it -> it.write(entry, flaw));
    }
    return disk;
  }

  private Optional<Disk> write(Entry entry, Flaw flaw) {
    return switch (entry) {
      case Accepted(Query query) ->
          Optional.of(new Disk(plus(rows, Row.accepted(query)), saves).linedUp(flaw));
      case Saved saved ->
          saved.version() == version(saved.session()) + 1 || flaw == Flaw.NO_FENCE
              ? Optional.of(new Disk(rows, plus(saves, saved)))
              : Optional.empty();
      case Entry other ->
          find(other.job())
              .flatMap(row -> Optional.ofNullable(after(row, other, flaw)))
              .map(row -> with(row).linedUp(flaw));
    };
  }

  /** Null when it does not follow. */
  private static @Nullable Row after(Row row, Entry entry, Flaw flaw) {
    return switch (entry) {
      case Started(var job, int attempt) ->
          row.queued()
                  && attempt
                      == row.attempt()
                          + (flaw == Flaw.ATTEMPT_USED_TWICE && row.crashes() > 0 ? 0 : 1)
              ? numbered(row.started(attempt), flaw)
              : null;
      case CancelAsked asked ->
          switch (row.status()) {
            case RUNNING -> row.moved(Status.CANCELLING);
            case CANCELLING -> row;
            case QUEUED, SUCCEEDED, FAILED, CANCELLED, TIMED_OUT, LOST -> null;
          };
      case Crashed(var job, int attempt) ->
          runs(row, attempt) || flaw == Flaw.CANCELLING_JOB_RUNS_AGAIN
              ? flaw == Flaw.CRASH_NOT_COUNTED ? row.moved(Status.QUEUED) : row.crashed()
              : null;
      case HandedBack(var job, int attempt) ->
          runs(row, attempt)
              ? flaw == Flaw.HAND_BACK_COUNTED ? row.crashed() : row.moved(Status.QUEUED)
              : null;
      case BackedOff(var job, int attempt) -> runs(row, attempt) ? row.backedOff() : null;
      case Due due -> row.parked() && row.queued() ? row.due() : null;
      case Ended(var job, int attempt, Status end) ->
          ends(row, attempt, end) || flaw == Flaw.NO_FENCE ? row.moved(end).at(0) : null;
      case Accepted accepted -> null;
      case Saved saved -> null;
    };
  }

  private static Row numbered(Row row, Flaw flaw) {
    return flaw == Flaw.NUMBERS_START_AGAIN && row.attempt() > 1
        ? new Row(
            row.query(),
            row.status(),
            row.attempt(),
            row.failures(),
            row.crashes(),
            row.place(),
            row.parked(),
            1)
        : row;
  }

  /** A job that somebody asked to stop waits never again. */
  private static boolean runs(Row row, int attempt) {
    return row.status() == Status.RUNNING && row.attempt() == attempt;
  }

  /** A job in line ends only by being cancelled there. */
  private static boolean ends(Row row, int attempt, Status end) {
    return row.attempt() == attempt && (row.runs() || (row.queued() && end == Status.CANCELLED));
  }

  private Disk with(Row changed) {
    return new Disk(
        rows.stream().map(row -> row.job().equals(changed.job()) ? changed : row).toList(), saves);
  }

  /**
   * Who must wait for a time, or for an earlier turn that does, has no place; who need not any more
   * joins the tail.
   */
  private Disk linedUp(Flaw flaw) {
    var lined = new ArrayList<Row>();
    int last = rows.stream().mapToInt(Row::place).max().orElse(0);
    for (Row row : rows) {
      if (!row.queued()) {
        lined.add(row);
      } else if (parked(row, flaw)) {
        lined.add(row.at(0));
      } else {
        lined.add(row.place() == 0 ? row.at(++last) : row);
      }
    }
    return new Disk(List.copyOf(lined), saves);
  }

  private boolean parked(Row row, Flaw flaw) {
    boolean itself = row.parked() && flaw != Flaw.STARTS_BEFORE_ITS_TIME;
    return itself || (waitsForParked(row) && flaw != Flaw.LATER_TURNS_OVERTAKE);
  }

  private boolean waitsForParked(Row row) {
    return rows.stream()
        .takeWhile(earlier -> !earlier.job().equals(row.job()))
        .filter(earlier -> earlier.query().sharesSessionWith(row.query()))
        .anyMatch(earlier -> earlier.queued() && earlier.parked());
  }

  private static <T> List<T> plus(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }
}
