package dev.fermata.journal;

import dev.fermata.job.JobId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a {@link MemoryJournal} keeps of jobs that have ended. Its own room is none. */
record MemoryKept(MemoryJournal journal) implements Kept {

  @Override
  public List<Ended> jobs(Instant before, int limit) {
    return ended(before).limit(limit).map(MemoryKept::ended).toList();
  }

  @Override
  public List<Ended> withEvents(Instant before, int limit) {
    return ended(before)
        .map(MemoryKept::ended)
        .filter(job -> job.firstEvent() < job.lastEvent())
        .limit(limit)
        .toList();
  }

  @Override
  public List<Files> withFiles(Instant before, int limit) {
    return ended(before)
        .map(job -> new Files(id(job), Objects.requireNonNullElse(job.remains().bytes(), 0L)))
        .filter(files -> files.bytes() > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public List<JobId> unmeasured(int limit) {
    return ended(Instant.MAX)
        .filter(job -> job.remains().bytes() == null)
        .limit(limit)
        .map(MemoryKept::id)
        .toList();
  }

  @Override
  public Set<JobId> owners(Collection<JobId> ids) {
    return journal.rows().stream()
        .filter(job -> job.remains().filesRemovedAt() == null)
        .map(MemoryKept::id)
        .filter(ids::contains)
        .collect(Collectors.toSet());
  }

  @Override
  public boolean forgettable(Instant tombstones, Instant keys) {
    return journal.tombstones().forgettable(tombstones);
  }

  @Override
  public Usage usage() {
    long files =
        journal.rows().stream()
            .map(job -> job.remains().bytes())
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .sum();
    return new Usage(files, 0, 0);
  }

  @Override
  public void trim() {}

  private Stream<MemoryJob> ended(Instant before) {
    return journal.rows().stream()
        .filter(job -> job.status().finished())
        .filter(job -> finishedAt(job).isBefore(before))
        .sorted(Comparator.comparing(MemoryKept::finishedAt));
  }

  private static Instant finishedAt(MemoryJob job) {
    return Objects.requireNonNull(job.record().finishedAt());
  }

  private static Ended ended(MemoryJob job) {
    return new Ended(id(job), job.remains().firstEvent(), job.events().size());
  }

  private static JobId id(MemoryJob job) {
    return job.record().job().id();
  }
}
