package dev.fermata.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in whose owner is known, and everybody where that doesn't matter. A key that holds is never
 * counted against where it comes from: others may come from there too.
 */
final class Admission extends OncePerRequestFilter {

  private static final Rate FAILURES = new Rate(10, 20);

  private final Buckets failures = new Buckets(FAILURES);

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getUserPrincipal() == null && !Addresses.isOpen(request)) {
      failures.take(Client.address(request));
      throw TurnedAway.notAuthenticated();
    }
    chain.doFilter(request, response);
  }
}
