package dev.fermata.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** How long a client stays with the job that it submits: the head of its request says so. */
final class Waiting {

  private static final List<MediaType> STREAMS =
      List.of(MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_NDJSON);

  private Waiting() {}

  /** Whether the client is still there once its job has been accepted, and so can go away. */
  static boolean asked(HttpServletRequest request) {
    return Preference.wait(request).isPresent() || stream(request).isPresent();
  }

  /** The format in which the client follows the job's events; empty when it doesn't. */
  static Optional<MediaType> stream(HttpServletRequest request) {
    return accepted(request).stream()
        .max(Comparator.comparingDouble(MediaType::getQualityValue))
        .flatMap(best -> STREAMS.stream().filter(best::equalsTypeAndSubtype).findFirst());
  }

  private static List<MediaType> accepted(HttpServletRequest request) {
    try {
      return MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
    } catch (InvalidMediaTypeException e) {
      return List.of(); // answered before: it is not acceptable
    }
  }
}
