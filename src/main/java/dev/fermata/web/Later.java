package dev.fermata.web;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads {@code notBefore}: the time before which a job does not start. */
final class Later {

  static final String NOT_BEFORE = "notBefore";

  private static final Duration FARTHEST = Duration.ofDays(366);

  private Later() {}

  /** The time that an option holds; null for at once, as is any time that has passed. */
  static @Nullable Instant of(@Nullable String text, Instant now) {
    @Nullable Instant time = text == null ? null : parse(text);
    if (time != null && time.isAfter(now.plus(FARTHEST))) {
      throw QueryString.invalid(
          NOT_BEFORE, "It must be within " + FARTHEST.toDays() + " days from now.");
    }
    return time == null || !time.isAfter(now) ? null : time;
  }

  private static Instant parse(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      Instant tick = time.truncatedTo(ChronoUnit.MILLIS);
      return tick.equals(time) ? tick : tick.plusMillis(1); // never before
    } catch (DateTimeParseException e) {
      throw QueryString.invalid(
          NOT_BEFORE,
          "\""
              + text
              + "\" isn't a time such as 2026-11-22T02:00:00Z or 2026-11-22T03:00:00+01:00 (in an"
              + " address + is written %2B).");
    }
  }
}
