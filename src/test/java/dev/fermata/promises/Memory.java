package dev.fermata.promises;

import dev.fermata.job.Status;
import dev.fermata.promises.Attempt.Phase;
import dev.fermata.promises.Seen.Entry;
import dev.fermata.promises.Seen.Entry.Ended;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a crash takes away.
 *
 * @param up whether the server runs
 * @param draining whether it is about to stop
 * @param line the jobs that may be taken, the first to start first
 * @param attempts from the moment a job is taken until its end is durable
 * @param writing what is on its way to the disk, each to be written whole or not at all
 */
record Memory(
    boolean up,
    boolean draining,
    List<String> line,
    List<Attempt> attempts,
    List<List<Entry>> writing) {

  static final Memory NONE = new Memory(false, false, List.of(), List.of(), List.of());

  static Memory fresh() {
    return new Memory(true, false, List.of(), List.of(), List.of());
  }

  Optional<Attempt> attempt(String job) {
    for (Attempt attempt : attempts) { // a stream takes most of an exploration's time
      if (attempt.job().equals(job)) {
        return Optional.of(attempt);
      }
    }
    return Optional.empty();
  }

  Optional<Attempt> attempt(String job, Phase phase) {
    return attempt(job).filter(it -> it.is(phase));
  }

  /** Whether something about a job is on its way to the disk. */
  boolean writes(String job) {
    return writing.stream().flatMap(List::stream).anyMatch(it -> it.job().equals(job));
  }

  /** Whether it was cancelled in line, which is on its way to the disk. */
  private boolean leaves(String job) {
    return writing.stream()
        .flatMap(List::stream)
        .anyMatch(
            it ->
                it.job().equals(job)
                    && it instanceof Ended end
                    && end.status() == Status.CANCELLED);
  }

  Memory drain() {
    return new Memory(up, true, line, attempts, writing);
  }

  Memory write(List<Entry> entries) {
    return new Memory(up, draining, line, attempts, plus(writing, entries));
  }

  /** The first of what is on its way has arrived, or was refused. */
  Memory written() {
    return new Memory(up, draining, line, attempts, writing.subList(1, writing.size()));
  }

  Memory take(Attempt attempt) {
    return new Memory(up, draining, without(attempt.job()), plus(attempts, attempt), writing);
  }

  Memory leave(String job) {
    return new Memory(up, draining, without(job), attempts, writing);
  }

  Memory drop(Predicate<Attempt> which) {
    var left = attempts.stream().filter(which.negate()).toList();
    return new Memory(up, draining, line, left, writing);
  }

  Memory with(String job, UnaryOperator<Attempt> change) {
    var changed =
        attempts.stream().map(it -> it.job().equals(job) ? change.apply(it) : it).toList();
    return new Memory(up, draining, line, changed, writing);
  }

  /** Lets the line follow the disk: who is newly there is put at its place. */
  Memory follow(Disk disk) {
    List<Row> there =
        disk.rows().stream()
            .filter(row -> row.queued() && row.place() > 0)
            .filter(row -> attempt(row.job()).isEmpty() && !leaves(row.job()))
            .sorted(Comparator.comparingInt(Row::place))
            .toList();
    var following = new ArrayList<>(line);
    following.retainAll(there.stream().map(Row::job).toList());
    for (Row row : there) {
      if (!following.contains(row.job())) {
        long before =
            following.stream().takeWhile(it -> disk.row(it).place() < row.place()).count();
        following.add((int) before, row.job());
      }
    }
    return new Memory(up, draining, List.copyOf(following), attempts, writing);
  }

  Memory reversed() {
    return new Memory(up, draining, line.reversed().stream().toList(), attempts, writing);
  }

  private List<String> without(String job) {
    return line.stream().filter(it -> !it.equals(job)).toList();
  }

  private static <T> List<T> plus(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }
}
