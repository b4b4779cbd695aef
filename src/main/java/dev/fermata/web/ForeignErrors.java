package dev.fermata.web;

import java.util.Arrays;
import java.util.Optional;
import org.springframework.web.ErrorResponse;

/** Which problem an error is that Spring, Tomcat or the door in front of them chose. */
final class ForeignErrors {

  private ForeignErrors() {}

  /** The problem that an error names by its type, or the general one for its status. */
  static Problem problem(ErrorResponse error) {
    return named(String.valueOf(error.getBody().getType()))
        .orElseGet(() -> problem(error.getStatusCode().value()));
  }

  /** Spring Boot fails (4.1) when a health component that isn't there is asked for its own. */
  static boolean isOfNoHealthComponent(IllegalStateException e) {
    return Arrays.stream(e.getStackTrace())
        .limit(2) // it asserts
        .anyMatch(frame -> frame.getClassName().endsWith(".HealthEndpointSupport"));
  }

  private static Optional<Problem> named(String type) {
    return Arrays.stream(Problem.values())
        .filter(problem -> problem.type().equals(type))
        .findFirst();
  }

  /** The general problem for a status. */
  static Problem problem(int status) {
    return switch (status) {
      case 404 -> Problem.NOT_FOUND;
      case 405 -> Problem.METHOD_NOT_ALLOWED;
      case 406 -> Problem.NOT_ACCEPTABLE;
      case 413 -> Problem.TOO_LARGE;
      case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE;
      case 416 -> Problem.RANGE_NOT_SATISFIABLE;
      case 501, 505 -> Problem.BAD_REQUEST; // a method, a coding or a version not spoken here
      case 503 -> Problem.DRAINING;
      default -> status < 500 ? Problem.BAD_REQUEST : Problem.INTERNAL_ERROR;
    };
  }
}
