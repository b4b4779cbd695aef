package dev.fermata.job;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a trace something was asked for: a W3C {@code traceparent}, read by the rules of Trace
 * Context 1.
 *
 * @param traceId 32 hexadecimal digits, in small letters and not all zero
 * @param spanId 16 of them
 * @param flags 2 of them
 */
public record Traceparent(String traceId, String spanId, String flags) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  /** What a client sent, if it can be understood; a later version is read as far as this one. */
  public static Optional<Traceparent> parse(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches() && (parts.group(5) == null || !parts.group(1).equals("00"))
        ? Optional.of(new Traceparent(parts.group(2), parts.group(3), parts.group(4)))
        : Optional.empty();
  }

  /** As it is sent on. */
  @Override
  public String toString() {
    return "00-" + traceId + "-" + spanId + "-" + flags;
  }
}
