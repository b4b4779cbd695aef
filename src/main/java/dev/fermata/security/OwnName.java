package dev.fermata.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in who calls the server by a name of its own. A page from elsewhere can have its own name
 * lead here, and would then be taken for one of ours (DNS rebinding); it can't have a number.
 */
final class OwnName extends OncePerRequestFilter {

  private final List<String> names;

  /** Names beside localhost. */
  OwnName(List<String> names) {
    this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String host = request.getServerName().toLowerCase(Locale.ROOT);
    if (!isOwn(host) && !isNumber(host)) {
      throw TurnedAway.foreignHost(host);
    }
    chain.doFilter(request, response);
  }

  private boolean isOwn(String host) {
    return host.equals("localhost") || host.endsWith(".localhost") || names.contains(host);
  }

  private static boolean isNumber(String host) {
    try {
      InetAddress.ofLiteral(host.replaceAll("^\\[|]$", ""));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
