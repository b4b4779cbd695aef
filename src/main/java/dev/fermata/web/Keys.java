package dev.fermata.web;

import dev.fermata.job.IdempotencyKey;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the key that a client gave to its submission, as it is written: quotes belong to it. */
final class Keys {

  private static final String HEADER = "Idempotency-Key";
  private static final String FORM = "[!-~]{1,255}";

  private Keys() {}

  /** The key of a request; null when it has none. */
  static @Nullable IdempotencyKey of(HttpServletRequest request, Body body) {
    List<String> given = Collections.list(request.getHeaders(HEADER));
    if (given.isEmpty()) {
      return null;
    }
    String key = given.getFirst().strip();
    if (given.size() > 1 || !key.matches(FORM)) {
      throw Problem.BAD_IDEMPOTENCY_KEY.because(
          HEADER + " must be given once, as 1 to 255 visible ASCII characters without spaces.");
    }
    return new IdempotencyKey(Owners.of(request), key, fingerprint(request, body));
  }

  /** Line breaks part what can hold none, but for the body, which is last. */
  private static String fingerprint(HttpServletRequest request, Body body) {
    String head =
        String.join(
            "\n",
            request.getMethod(),
            request.getRequestURI(),
            Objects.requireNonNullElse(request.getQueryString(), ""),
            "");
    MessageDigest digest = sha256();
    digest.update(head.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(body.bytes()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
