package dev.fermata.lane;

import dev.fermata.job.JobId;
import dev.fermata.job.Progress;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Where an unfinished job stands in its lane at one moment.
 *
 * @param place where it stands in the order of starts
 * @param position 1 for the next to start; null once it has started
 * @param estimatedStartAt if jobs go on taking as long as the last ones; null once started and
 *     before the first end
 * @param progress of a running job; null before its handler reported any
 */
public record Standing(
    JobId id,
    Place place,
    @Nullable Integer position,
    @Nullable Instant estimatedStartAt,
    @Nullable Progress progress) {

  /**
   * A place in the order of starts: what runs comes before what waits.
   *
   * @param number smaller ones start earlier
   */
  public record Place(boolean waiting, long number) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::waiting).thenComparingLong(Place::number);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }
}
