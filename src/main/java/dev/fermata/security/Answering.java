package dev.fermata.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Has whoever is turned away answered as every other problem is. */
final class Answering extends OncePerRequestFilter {

  private final HandlerExceptionResolver problems;

  Answering(HandlerExceptionResolver problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (TurnedAway e) {
      if (problems.resolveException(request, response, null, e) == null) {
        throw e;
      }
    }
  }
}
