package dev.fermata.journal;

import dev.fermata.job.Owner;
import dev.fermata.job.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts jobs that have ended, the slow way. */
final class MemoryTallies {

  private record Key(Instant minute, Status status) {

    static Key of(JobRecord job) {
      return new Key(
          Objects.requireNonNull(job.finishedAt()).truncatedTo(ChronoUnit.MINUTES), job.status());
    }
  }

  private MemoryTallies() {}

  private static @Nullable Instant returnedAt(JobRecord job) {
    return job.returnedAt() == null ? job.finishedAt() : job.returnedAt();
  }

  static List<Tally> of(List<JobRecord> jobs, Owner owner, Instant since) {
    return jobs.stream()
        .filter(job -> job.job().submission().owner().equals(owner))
        .filter(job -> job.finishedAt() != null && !job.finishedAt().isBefore(since))
        .collect(
            Collectors.groupingBy(
                Key::of,
                () ->
                    new TreeMap<>(
                        Comparator.comparing(Key::minute)
                            .thenComparing(key -> key.status().word())),
                Collectors.toList()))
        .entrySet()
        .stream()
        .map(each -> tally(each.getKey(), each.getValue()))
        .toList();
  }

  private static Tally tally(Key key, List<JobRecord> jobs) {
    return new Tally(
        key.minute(),
        key.status(),
        jobs.size(),
        jobs.stream().filter(job -> job.startedAt() != null).count(),
        mean(jobs, job -> job.job().submittedAt(), JobRecord::startedAt),
        mean(jobs, JobRecord::startedAt, MemoryTallies::returnedAt));
  }

  private static @Nullable Duration mean(
      List<JobRecord> jobs,
      Function<JobRecord, @Nullable Instant> from,
      Function<JobRecord, @Nullable Instant> to) {
    OptionalDouble mean =
        jobs.stream()
            .filter(job -> job.startedAt() != null)
            .map(
                job ->
                    Duration.between(
                        Objects.requireNonNull(from.apply(job)),
                        Objects.requireNonNull(to.apply(job))))
            .mapToLong(Duration::toMillis)
            .average();
    return mean.isEmpty() ? null : Duration.ofMillis((long) mean.getAsDouble());
  }
}
