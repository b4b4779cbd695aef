package dev.fermata.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses an address that can't be decoded behind a semicolon: Tomcat doesn't look there, and
 * Spring fails on it before anybody can answer.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AddressFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String address = request.getRequestURI();
    if (address.contains(";") && Percent.decode(address).isEmpty()) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    } else {
      chain.doFilter(request, response);
    }
  }
}
