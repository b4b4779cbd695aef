package dev.fermata.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets no page from elsewhere change anything. Browsers say where a request comes from: in
 * Sec-Fetch-Site (W3C Fetch Metadata), older ones in Origin; other clients say neither.
 */
final class OwnPages extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isForeign(request)) {
      throw TurnedAway.foreignOrigin();
    }
    chain.doFilter(request, response);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return Addresses.reads(request) && !mayCancel(request);
  }

  /** A client that only looks may ask for a cancel when it goes, in one spelling or another. */
  private static boolean mayCancel(HttpServletRequest request) {
    @Nullable String query = request.getQueryString();
    return query != null && (query.contains("%") || query.contains("isconnect"));
  }

  private static boolean isForeign(HttpServletRequest request) {
    @Nullable String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin")
          && !site.equals("none"); // a page on another port is not ours
    }
    @Nullable String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null && !isHere(origin, request.getHeader(HttpHeaders.HOST));
  }

  private static boolean isHere(String origin, @Nullable String host) {
    int scheme = origin.indexOf("://");
    return scheme >= 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
  }
}
