package dev.fermata.journal;

import dev.fermata.job.Fact;
import dev.fermata.job.Fact.Forgotten;
import dev.fermata.job.Fact.Shrunk;
import dev.fermata.job.JobId;
import dev.fermata.job.Owner;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** Which jobs a {@link MemoryJournal} has removed; its clock stands at noon. */
final class MemoryTombstones {

  private final SequencedMap<JobId, Owner> oldestFirst = new LinkedHashMap<>();

  synchronized void add(JobId id, Owner owner) {
    oldestFirst.put(id, owner);
  }

  synchronized Optional<Owner> owner(JobId id) {
    return Optional.ofNullable(oldestFirst.get(id));
  }

  synchronized boolean forgettable(Instant before) {
    return !oldestFirst.isEmpty() && Sample.NOON.isBefore(before);
  }

  synchronized void after(Fact.OfJournal fact) {
    switch (fact) {
      case Forgotten(Instant tombstones, Instant keys, int atMost) -> {
        for (int i = 0; i < atMost && forgettable(tombstones); i++) {
          oldestFirst.pollFirstEntry();
        }
      }
      case Shrunk shrunk -> {}
    }
  }
}
