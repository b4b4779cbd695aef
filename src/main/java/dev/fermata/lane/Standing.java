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
 * @param position 1 for the next to start; null once it has started, and while it is parked
 * @param estimatedStartAt if jobs go on taking as long as the last ones, and not before it is due;
 *     null once started, before the first end, and while it is parked behind another
 * @param progress of a running job; null before its handler reported any
 */
public record Standing(
    JobId id,
    Place place,
    @Nullable Integer position,
    @Nullable Instant estimatedStartAt,
    @Nullable Progress progress) {

  /** What a job does that stands somewhere, in the order of starts. */
  public enum Where {
    RUNNING,
    IN_LINE,
    PARKED;

    /** The number behind which those of this sort begin that come after a place. */
    long behind(@Nullable Place place) {
      return place != null && place.where() == this ? place.number() : 0;
    }
  }

  /**
   * A place in the order of starts.
   *
   * @param number smaller ones start earlier
   */
  public record Place(Where where, long number) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::where).thenComparingLong(Place::number);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }
}
