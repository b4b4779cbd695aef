package dev.fermata.job;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The name of one accepted job: a UUID, version 7 (RFC 9562), so that later jobs sort later. */
public record JobId(UUID value) implements Comparable<JobId> {

  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** Reads the canonical text form; empty for anything else. */
  public static Optional<JobId> parse(String text) {
    return CANONICAL.matcher(text).matches()
        ? Optional.of(new JobId(UUID.fromString(text)))
        : Optional.empty();
  }

  @Override
  public int compareTo(JobId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
