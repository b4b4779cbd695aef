package dev.fermata.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets no client send requests faster than it may; health and the parts of pages are not counted.
 */
final class Pace extends OncePerRequestFilter {

  private final Buckets requests;

  Pace(Rate rate) {
    this.requests = new Buckets(rate);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    requests.take(Client.of(request));
    chain.doFilter(request, response);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return Addresses.isHealth(request) || Addresses.isPart(request);
  }
}
