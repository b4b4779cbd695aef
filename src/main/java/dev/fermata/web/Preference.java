package dev.fermata.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Stream;

/** What a client asks for in the Prefer header (RFC 7240). */
final class Preference {

  /** The header that says which of them were honoured. */
  static final String APPLIED = "Preference-Applied";

  private static final long MOST_SECONDS = 300;

  private Preference() {}

  /** How long the client wants to wait, at most the cap; empty when it doesn't. */
  static Optional<Duration> wait(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Prefer")).stream()
        .flatMap(header -> Stream.of(header.split(",", -1)))
        .map(preference -> preference.split(";", 2)[0].split("=", 2))
        .filter(preference -> preference[0].strip().equalsIgnoreCase("wait"))
        .findFirst()
        .map(preference -> seconds(preference.length == 2 ? preference[1] : ""));
  }

  private static Duration seconds(String value) {
    String digits = value.strip().replaceAll("^\"(.*)\"$", "$1");
    if (!digits.matches("[0-9]+")) {
      throw Problem.BAD_PREFERENCE.because(
          "wait must be a whole number of seconds, not \"" + digits + "\".");
    }
    long seconds = digits.length() > 9 ? MOST_SECONDS : Long.parseLong(digits);
    return Duration.ofSeconds(Math.min(seconds, MOST_SECONDS));
  }

  /** The value of the {@link #APPLIED} header. */
  static String applied(Duration wait) {
    return "wait=" + wait.toSeconds();
  }
}
