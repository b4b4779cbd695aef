package dev.fermata.security;

import java.net.URI;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A request goes no further than the door. It names a problem; the HTTP interface says what that
 * means.
 */
final class TurnedAway extends ErrorResponseException {

  private TurnedAway(HttpStatus status, String slug, String detail) {
    super(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    setType(URI.create("/problems/" + slug));
  }

  /** The same for no key, for a bad one and for one that nobody has: it gives no hint. */
  static TurnedAway notAuthenticated() {
    return new TurnedAway(
            HttpStatus.UNAUTHORIZED,
            "not-authenticated",
            "This server wants a key: send Authorization: Bearer KEY.")
        .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
  }

  static TurnedAway foreignHost(String host) {
    return new TurnedAway(
        HttpStatus.FORBIDDEN,
        "foreign-host",
        "This server isn't called " + host + "; call it localhost, or by its number.");
  }

  static TurnedAway foreignOrigin() {
    return new TurnedAway(
        HttpStatus.FORBIDDEN,
        "foreign-origin",
        "A page from elsewhere sent this; it may change nothing here.");
  }

  static TurnedAway tooManyRequests(Duration wait) {
    long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    return new TurnedAway(
            HttpStatus.TOO_MANY_REQUESTS,
            "too-many-requests",
            "These requests come too fast; send this one again in " + seconds + " s.")
        .with(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
  }

  private TurnedAway with(String header, String value) {
    getHeaders().set(header, value);
    return this;
  }
}
