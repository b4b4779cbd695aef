package dev.fermata.journal;

import dev.fermata.job.Fact;
import dev.fermata.job.Fact.EventsRemoved;
import dev.fermata.job.Fact.FilesRemoved;
import dev.fermata.job.Fact.Measured;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is still kept of a {@link MemoryJob} that has ended. */
record MemoryRemains(@Nullable Long bytes, @Nullable Instant filesRemovedAt, long firstEvent) {

  static final MemoryRemains ALL = new MemoryRemains(null, null, 1);

  boolean follows(Fact.OfEnded fact, long lastEvent) {
    return switch (fact) {
      case Measured measured -> filesRemovedAt == null;
      case FilesRemoved removed -> filesRemovedAt == null;
      case EventsRemoved removed -> firstEvent < removed.before() && removed.before() <= lastEvent;
    };
  }

  MemoryRemains after(Fact.OfEnded fact) {
    return switch (fact) {
      case Measured measured -> new MemoryRemains(measured.bytes(), null, firstEvent);
      case FilesRemoved removed -> new MemoryRemains(0L, removed.at(), firstEvent);
      case EventsRemoved removed -> new MemoryRemains(bytes, filesRemovedAt, removed.before());
    };
  }
}
