package dev.fermata.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.header.HeaderWriter;

/** What every answer tells browsers, where it says nothing else itself. */
final class Headers implements HeaderWriter {

  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
  private static final String PAGE =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  @Override
  public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
    set("X-Content-Type-Options", "nosniff", response);
    set("Referrer-Policy", "no-referrer", response);
    set("X-Frame-Options", "DENY", response);
    set("Cross-Origin-Resource-Policy", "same-origin", response);
    set("Content-Security-Policy", isPage(response) ? PAGE : NOTHING, response);
    set(HttpHeaders.CACHE_CONTROL, keeping(response), response);
  }

  private static boolean isPage(HttpServletResponse response) {
    @Nullable String type = response.getContentType();
    return type != null && type.startsWith("text/html");
  }

  /** What has a tag may be kept by its client, which asks each time whether it still holds. */
  private static String keeping(HttpServletResponse response) {
    return response.containsHeader(HttpHeaders.ETAG) ? "private, no-cache" : "no-store";
  }

  private static void set(String name, String value, HttpServletResponse response) {
    if (!response.containsHeader(name)) {
      response.setHeader(name, value);
    }
  }
}
