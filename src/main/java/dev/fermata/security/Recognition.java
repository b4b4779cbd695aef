package dev.fermata.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows the owner of a request by the key that came with it (RFC 6750), and turns nobody away. */
final class Recognition extends OncePerRequestFilter {

  private static final Pattern BEARER =
      Pattern.compile("Bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

  private final Keys keys;
  private final SecurityContextRepository contexts;

  Recognition(Keys keys, SecurityContextRepository contexts) {
    this.keys = keys;
    this.contexts = contexts;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    key(request)
        .flatMap(keys::owner)
        .ifPresent(
            owner -> {
              SecurityContext context = new SecurityContextImpl(known(owner));
              SecurityContextHolder.setContext(context);
              contexts.saveContext(context, request, response); // for the request's other threads
            });
    chain.doFilter(request, response);
  }

  private static Optional<String> key(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
    return headers.size() == 1
        ? Optional.of(BEARER.matcher(headers.getFirst()))
            .filter(Matcher::matches)
            .map(bearer -> bearer.group(1))
        : Optional.empty();
  }

  private static Authentication known(String owner) {
    return UsernamePasswordAuthenticationToken.authenticated(owner, null, List.of());
  }
}
