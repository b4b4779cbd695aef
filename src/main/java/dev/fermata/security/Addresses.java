package dev.fermata.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The addresses that are for everybody, letter by letter as they are sent: any other spelling needs
 * a key, whatever it leads to.
 */
final class Addresses {

  private static final Pattern HEALTH = Pattern.compile("/actuator/health(/liveness|/readiness)?");
  private static final Pattern PAGES =
      Pattern.compile("/problems(/[A-Za-z0-9-]*)?|/openapi\\.(yaml|json)|/docs");
  private static final Pattern PARTS = Pattern.compile("/(docs|static)/[A-Za-z0-9-]+\\.[a-z]+");
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private Addresses() {}

  /** Whether it asks for a part of a page: a browser asks for all of them at once. */
  static boolean isPart(HttpServletRequest request) {
    return reads(request) && PARTS.matcher(request.getRequestURI()).matches();
  }

  static boolean isHealth(HttpServletRequest request) {
    return reads(request) && HEALTH.matcher(request.getRequestURI()).matches();
  }

  static boolean isOpen(HttpServletRequest request) {
    String address = request.getRequestURI();
    return isHealth(request)
        || isPart(request)
        || (reads(request) && (address.equals("/") || PAGES.matcher(address).matches()));
  }

  static boolean reads(HttpServletRequest request) {
    return READING.contains(request.getMethod());
  }
}
