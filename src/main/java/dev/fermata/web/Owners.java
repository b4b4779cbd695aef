package dev.fermata.web;

import dev.fermata.job.Owner;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who sends a request. */
final class Owners {

  private Owners() {}

  /** The one whose key came with it; nobody on a server without keys. */
  static Owner of(HttpServletRequest request) {
    @Nullable Principal principal = request.getUserPrincipal();
    return principal == null ? Owner.NOBODY : new Owner(principal.getName());
  }
}
